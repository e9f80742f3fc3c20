package gitzodb.benchmark;

import java.util.SplittableRandom;

/** Source texts of the kinds a site holds, from a random source. */
final class Texts {
    private static final String[] NOUNS = {
        "article",
        "basket",
        "customer",
        "delivery",
        "folder",
        "invoice",
        "item",
        "member",
        "order",
        "page",
        "price",
        "report",
        "session",
        "stock",
        "title",
        "user"
    };
    private static final String[] VERBS = {
        "add", "check", "count", "find", "format", "list", "make", "show", "sort", "update"
    };

    private final SplittableRandom random;

    Texts(SplittableRandom random) {
        this.random = random;
    }

    String noun() {
        return NOUNS[random.nextInt(NOUNS.length)];
    }

    String verb() {
        return VERBS[random.nextInt(VERBS.length)];
    }

    /** The body of a script, 10 to 60 lines. */
    String script() {
        StringBuilder text = new StringBuilder("request = container.REQUEST\nresult = []\n");
        int lines = 7 + random.nextInt(51);
        for (int i = 0; i < lines; i++) {
            String noun = noun();
            switch (random.nextInt(4)) {
                case 0 ->
                    text.append("# ")
                            .append(verb())
                            .append(" the ")
                            .append(noun())
                            .append(" of every ")
                            .append(noun);
                case 1 ->
                    text.append(noun)
                            .append(" = context.")
                            .append(verb())
                            .append('_')
                            .append(noun)
                            .append("(limit=")
                            .append(random.nextInt(1000))
                            .append(')');
                case 2 ->
                    text.append("for ")
                            .append(noun)
                            .append(" in context.objectValues('Folder'):\n    result.append(")
                            .append(noun)
                            .append(".getId())");
                default ->
                    text.append("if request.get('")
                            .append(noun)
                            .append("', '') == '")
                            .append(noun())
                            .append("': result.sort()");
            }
            text.append('\n');
        }
        return text.append("return result\n").toString();
    }

    /** A page template, 1 to 6 kB. */
    String template() {
        int size = 1000 + random.nextInt(5000);
        StringBuilder text = new StringBuilder("<html metal:use-macro=\"here/main/macros/page\">\n  <body>\n");
        while (text.length() < size - 30) {
            String noun = noun();
            text.append("    <div class=\"")
                    .append(noun)
                    .append("\" tal:repeat=\"")
                    .append(noun)
                    .append(" here/")
                    .append(verb())
                    .append("_")
                    .append(noun)
                    .append("\">\n      <span tal:content=\"")
                    .append(noun)
                    .append("/title\">")
                    .append(noun())
                    .append(' ')
                    .append(random.nextInt(10_000))
                    .append("</span>\n    </div>\n");
        }
        return text.append("  </body>\n</html>\n").toString();
    }

    /** An SQL statement with one argument, as Zope writes it. */
    String sql(String argument) {
        StringBuilder text = new StringBuilder("select ");
        int columns = 1 + random.nextInt(8);
        for (int i = 0; i < columns; i++) {
            text.append(i == 0 ? "" : ",\n       ").append(noun()).append('_').append(random.nextInt(100));
        }
        return text.append("\nfrom ")
                .append(noun())
                .append("\nwhere <dtml-sqltest ")
                .append(argument)
                .append(" type=int>\norder by 1")
                .toString();
    }

    String method() {
        return "<dtml-var standard_html_header>\n<h2><dtml-var title_or_id></h2>\n<p>" + noun() + " " + verb() + " "
                + random.nextInt(100_000) + "</p>\n<dtml-var standard_html_footer>\n";
    }

    /** The content of a file, 2 to 200 kB, small ones more often; half of them text, half of them like a picture. */
    byte[] file(boolean picture) {
        byte[] content = new byte[(int) (2000 * Math.pow(100, random.nextDouble()))];
        if (picture) {
            random.nextBytes(content);
        } else {
            byte[] line = (noun() + ";" + noun() + ";" + random.nextInt(1_000_000) + "\n")
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            for (int i = 0; i < content.length; i++) {
                content[i] = i % 64 < 6 ? (byte) ('0' + random.nextInt(10)) : line[i % line.length];
            }
        }
        return content;
    }
}
