package gitzodb.xml;

/** Which characters stand for themselves in the XML. */
final class Characters {
    private Characters() {}

    /** True for what XML cannot hold, what an XML reader changes, and what nobody sees. */
    static boolean isForbidden(int point) {
        if (point < 0x20) {
            return point != '\t' && point != '\n';
        }
        return point >= 0x7f && point < 0xa0 || point >= 0xd800 && point < 0xe000 || point == 0xfffe || point == 0xffff;
    }

    /** True if every character of the text stands for itself. */
    static boolean arePlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x7f) {
                if (c < 0x20 && isForbidden(c)) {
                    return false;
                }
            } else {
                int point = text.codePointAt(i);
                if (isForbidden(point)) {
                    return false;
                }
                i += Character.charCount(point) - 1;
            }
        }
        return true;
    }

    static boolean areBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
                return false;
            }
        }
        return true;
    }
}
