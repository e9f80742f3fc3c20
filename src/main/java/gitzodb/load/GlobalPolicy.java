package gitzodb.load;

import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which classes and functions a load may write (design §4.4): a pickle calls what it names, so a tree from a stranger
 * must not name what the database does not use already.
 */
public final class GlobalPolicy {
    /** The module under which an entry of the extension registry is known: {@code copyreg-extension.7}. */
    private static final String EXTENSIONS = "copyreg-extension";

    private static final Set<String> PLAIN_MODULES = Set.of(
            "persistent.mapping", "persistent.list", "BTrees.Length", "OFS.Image", "ZODB.blob", "DateTime.DateTime");

    private static final Set<String> PLAIN_BUILTINS = Set.of(
            "bytearray",
            "complex",
            "dict",
            "float",
            "frozenset",
            "int",
            "list",
            "long",
            "object",
            "range",
            "set",
            "slice",
            "str",
            "tuple",
            "unicode");

    /** Data of Python, and what the notations of common parts make. */
    private static final Set<String> PLAIN_NAMES = Set.of(
            "collections:OrderedDict",
            "collections:defaultdict",
            "collections:deque",
            "copy_reg:_reconstructor",
            "copyreg:_reconstructor",
            "_codecs:encode",
            "datetime:date",
            "datetime:datetime",
            "datetime:time",
            "datetime:timedelta",
            "datetime:timezone",
            "decimal:Decimal",
            "fractions:Fraction",
            "uuid:UUID",
            "zodbpickle:binary",
            "Shared.DC.Scripts.Bindings:NameAssignments",
            "ZPublisher.BeforeTraverse:MultiHook",
            "ZPublisher.BeforeTraverse:NameCaller");

    private final boolean trusting;
    private final Predicate<ClassName> known;
    private final String allowing;

    private GlobalPolicy(boolean trusting, Predicate<ClassName> known, String allowing) {
        this.trusting = trusting;
        this.known = known;
        this.allowing = allowing;
    }

    /** Returns the policy of a load into a new or empty database, which has only the tree to go by. */
    public static GlobalPolicy trustingTree() {
        return new GlobalPolicy(true, name -> true, "");
    }

    /**
     * Returns the policy of a load into a database in use.
     *
     * @param known tells what the database holds, what the class formats know and what the local configuration allows
     * @param allowing what a user types before a name to allow it
     */
    public static GlobalPolicy of(Predicate<ClassName> known, String allowing) {
        return new GlobalPolicy(false, known, allowing);
    }

    /** Returns the name under which an extension code is looked up in what the database holds. */
    public static ClassName name(Value.Extension extension) {
        return new ClassName(EXTENSIONS, Integer.toString(extension.code()));
    }

    /** Returns why a name is written into no database at all, in words for a message; empty if it may be. */
    static Optional<String> denial(ClassName name) {
        return DeniedGlobals.has(name) ? Optional.of(name + " runs code and is never written") : Optional.empty();
    }

    /**
     * Returns why a name must not stand in a tree; empty if it may. What runs code may stand there if the database holds
     * it: an object that has it can be kept, but not written.
     */
    Optional<String> objectionToTree(ClassName name) {
        boolean kept = !trusting && DeniedGlobals.has(name) && known.test(name);
        return kept ? Optional.empty() : objection(name);
    }

    /** Returns why a name must not be written, in words for a message; empty if it may be. */
    public Optional<String> objection(ClassName name) {
        Optional<String> denial = denial(name);
        if (denial.isPresent()) {
            return denial;
        }
        if (trusting || isPlain(name) || known.test(name)) {
            return Optional.empty();
        }
        return Optional.of(
                name + " is not a class that the database holds; allow it with '" + allowing + " " + name + "'");
    }

    private static boolean isPlain(ClassName name) {
        String module = name.module();
        return (module.startsWith("BTrees.") && !name.name().startsWith("_"))
                || PLAIN_MODULES.contains(module)
                || ((module.equals("builtins") || module.equals("__builtin__")) && PLAIN_BUILTINS.contains(name.name()))
                || PLAIN_NAMES.contains(module + ":" + name.name());
    }
}
