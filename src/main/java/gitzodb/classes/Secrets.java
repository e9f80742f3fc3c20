package gitzodb.classes;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which values are secrets, by class and attribute, and what a database gets in the place of one that it does not have:
 * never something that lets anybody in. Immutable.
 */
public final class Secrets {
    /** Which part of an attribute is secret. */
    public enum Part {
        /** The value, whatever it is; a reference to an object hides that object too. */
        VALUE,
        /** The value, if it is text or bytes. */
        TEXT,
        /** The value, if it is text with hashes of accounts or the password of a mail host: snapshots of a setup tool. */
        EXPORT,
        /** The texts and bytes that a mapping or BTree holds; its keys are shown. */
        ENTRIES,
        /** Those entries of a mapping or BTree whose keys call them a secret. */
        NAMED_ENTRIES
    }

    /** What stands for a secret in a database that has none. */
    public enum Fresh {
        /** A hash without digest, which no password fits; an empty one or any other text would be a password. */
        LOCKED,
        EMPTY_TEXT,
        NONE,
        /** A random key, since an empty one would be known to everybody. */
        KEY,
        /** A list of five random keys. */
        KEYS,
        EMPTY_DICT
    }

    /** One line of the table. */
    public record Rule(Part part, Fresh fresh) {}

    /** The attribute of a user of a user folder that holds the hash of the password. */
    public static final String PASSWORD = "__";

    private static final Rule TEXT = new Rule(Part.TEXT, Fresh.EMPTY_TEXT);
    private static final Rule SETTINGS = new Rule(Part.NAMED_ENTRIES, Fresh.EMPTY_TEXT);

    /** What these names hold in objects of any class; evidence in class-formats.md. */
    private static final Map<String, Rule> ANYWHERE = Map.ofEntries(
            Map.entry(PASSWORD, new Rule(Part.TEXT, Fresh.LOCKED)),
            Map.entry("_user_passwords", new Rule(Part.ENTRIES, Fresh.LOCKED)),
            Map.entry("_shared_secret", new Rule(Part.TEXT, Fresh.NONE)),
            Map.entry("connection_string", TEXT),
            Map.entry("smtp_pwd", TEXT),
            Map.entry("smtp_userpwd", TEXT),
            Map.entry("_bindpwd", TEXT),
            Map.entry("bind_pwd", TEXT),
            Map.entry("bind_password", TEXT),
            Map.entry("client_secret", TEXT),
            Map.entry("password", TEXT));

    private static final Map<ClassName, Map<String, Rule>> BUILTIN = Map.of(
            ClassName.parse("plone.keyring.keyring.Keyring"),
            Map.of("data", new Rule(Part.VALUE, Fresh.KEYS)),
            ClassName.parse("plone.restapi.pas.plugin.JWTAuthenticationPlugin"),
            Map.of("_secret", new Rule(Part.VALUE, Fresh.KEY), "_tokens", new Rule(Part.VALUE, Fresh.NONE)),
            ClassName.parse("Products.CMFPlone.PasswordResetTool.PasswordResetTool"),
            Map.of("_requests", new Rule(Part.VALUE, Fresh.EMPTY_DICT)),
            ClassName.parse("Products.PasswordResetTool.PasswordResetTool.PasswordResetTool"),
            Map.of("_requests", new Rule(Part.VALUE, Fresh.EMPTY_DICT)),
            ClassName.parse("plone.registry.registry.Registry"),
            Map.of("_values", SETTINGS),
            ClassName.parse("Products.PageTemplates.ZopePageTemplate.ZopePageTemplate"),
            Map.of("_text", new Rule(Part.EXPORT, Fresh.EMPTY_TEXT)),
            ClassName.parse("pas.plugins.ldap.plugin.LDAPPlugin"),
            Map.of("settings", SETTINGS));

    /** Words of a key that say its value is a secret. */
    private static final Set<String> WORDS =
            Set.of("pass", "passwd", "password", "passphrase", "pwd", "secret", "token", "apikey");

    /** Words that make a key of the word {@code key} behind them: {@code private_key}, {@code api_key}. */
    private static final Set<String> KEYS = Set.of("private", "api", "secret", "access");

    /** What names hold in objects of any class since version 2 of trees. */
    private static final Map<String, Rule> ANYWHERE_SINCE_2 = Map.of("connx_string", TEXT);

    private final Map<String, Rule> anywhere;
    private final Map<ClassName, Map<String, Rule>> byClass;

    private Secrets(Map<String, Rule> anywhere, Map<ClassName, Map<String, Rule>> byClass) {
        this.anywhere = anywhere;
        this.byClass = byClass;
    }

    /** Returns the secrets of Zope, Plone and what is usual beside them, for trees of a version. */
    public static Secrets ofZope(int version) {
        Map<String, Rule> anywhere = new HashMap<>(ANYWHERE);
        if (version >= 2) {
            anywhere.putAll(ANYWHERE_SINCE_2);
        }
        return new Secrets(Map.copyOf(anywhere), BUILTIN);
    }

    /** Returns these and a site's own: attributes of a class, those that end in {@code /*} with their entries only. */
    public Secrets and(Map<ClassName, ? extends Set<String>> own) {
        if (own.isEmpty()) {
            return this;
        }
        Map<ClassName, Map<String, Rule>> all = new HashMap<>(byClass);
        own.forEach((cls, attributes) -> {
            Map<String, Rule> rules = new HashMap<>(all.getOrDefault(cls, Map.of()));
            for (String attribute : attributes) {
                boolean entries = attribute.endsWith("/*");
                String name = entries ? attribute.substring(0, attribute.length() - 2) : attribute;
                rules.put(name, new Rule(entries ? Part.ENTRIES : Part.VALUE, Fresh.EMPTY_TEXT));
            }
            all.put(cls, rules);
        });
        return new Secrets(anywhere, all);
    }

    public Optional<Rule> rule(ClassName cls, String attribute) {
        Rule rule = byClass.getOrDefault(cls, Map.of()).get(attribute);
        return Optional.ofNullable(rule != null ? rule : anywhere.get(attribute));
    }

    /** True if a value that a rule is for is to be hidden: None is not, nor what is no text where a rule wants text. */
    public static boolean hides(Rule rule, Value value) {
        return switch (rule.part) {
            case VALUE -> !(value instanceof Value.None);
            case TEXT -> isText(value);
            case EXPORT -> {
                String text = Attributes.string(value);
                yield text != null
                        && (text.contains(" password_hash=\"")
                                || (text.contains(" smtp_pwd=\"") && !text.contains(" smtp_pwd=\"\"")));
            }
            case ENTRIES, NAMED_ENTRIES -> false;
        };
    }

    /** True if an entry of a mapping that a rule is for is to be hidden. */
    public static boolean hidesEntry(Rule rule, Value key, Value value) {
        return switch (rule.part) {
            case VALUE, TEXT, EXPORT -> false;
            case ENTRIES -> isText(value);
            case NAMED_ENTRIES -> isText(value) && isSecretName(Attributes.string(key));
        };
    }

    /** Returns what stands for a secret that the database does not have; random where {@link Fresh} says so. */
    public static Value fresh(Fresh fresh, Generation generation) {
        return switch (fresh) {
            case LOCKED -> bytes("{SSHA}", generation);
            case EMPTY_TEXT -> text("", generation);
            case NONE -> Value.NONE;
            case KEY -> text(key(), generation);
            case KEYS ->
                new PyList(List.of(
                        text(key(), generation),
                        text(key(), generation),
                        text(key(), generation),
                        text(key(), generation),
                        text(key(), generation)));
            case EMPTY_DICT -> new PyDict();
        };
    }

    private static boolean isText(Value value) {
        return value instanceof Value.Text
                || value instanceof Value.OddText
                || value instanceof Value.Str
                || value instanceof Value.Binary;
    }

    /** Looks at the words of the last part of a dotted name. */
    private static boolean isSecretName(@org.jspecify.annotations.Nullable String key) {
        if (key == null) {
            return false;
        }
        String last = key.substring(Math.max(key.lastIndexOf('.'), key.lastIndexOf('/')) + 1);
        String separated = last.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        List<String> words = Arrays.asList(separated.split("[^a-z0-9]+"));
        for (int i = 0; i < words.size(); i++) {
            if (WORDS.contains(words.get(i))
                    || (i > 0 && words.get(i).equals("key") && KEYS.contains(words.get(i - 1)))) {
                return true;
            }
        }
        return separated.equals("json_config");
    }

    private static String key() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static Value text(String text, Generation generation) {
        return switch (generation) {
            case PYTHON2 -> new Value.Str(Bytes.utf8(text));
            case PYTHON3 -> new Value.Text(text);
        };
    }

    private static Value bytes(String text, Generation generation) {
        return switch (generation) {
            case PYTHON2 -> new Value.Str(Bytes.utf8(text));
            case PYTHON3 -> new Value.Binary(Bytes.utf8(text));
        };
    }
}
