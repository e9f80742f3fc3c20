package gitzodb.formats;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.classes.SourceAttribute;
import gitzodb.classes.SourceContent;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Script (Python). The state holds compiled code that Zope runs even if it no longer fits the source; without it Zope
 * compiles at load (zope-classes §2.1).
 */
final class ScriptFormat implements ClassFormat {
    /** All or nothing: a script that lacks only {@code _code} cannot be loaded. */
    static final Set<String> DERIVED = Set.of(
            "_code",
            "Python_magic",
            "Script_magic",
            "__code__",
            "__defaults__",
            "func_code",
            "func_defaults",
            "errors",
            "warnings",
            "_filepath");

    private static final List<String> COMPILED = List.of("_body", "_params", "_bind_names", "id");
    private static final Set<String> FITTING = Set.of(".py", ".vpy", ".cpy");
    private static final String CONTROLLER = "Products.CMFFormController.ControllerPythonScript.ControllerPythonScript";
    private static final String VALIDATOR = "Products.CMFFormController.ControllerValidator.ControllerValidator";
    private static final Map<String, String> BINDINGS = bindings();

    private static Map<String, String> bindings() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("name_context", "context");
        names.put("name_container", "container");
        names.put("name_m_self", "script");
        names.put("name_subpath", "traverse_subpath");
        return Collections.unmodifiableMap(names);
    }

    private final int since;

    ScriptFormat(int since) {
        this.since = since;
    }

    private static String extension(ClassName cls) {
        return switch (cls.toString()) {
            case CONTROLLER -> ".cpy";
            case VALIDATOR -> ".vpy";
            default -> ".py";
        };
    }

    @Override
    public int since() {
        return since;
    }

    @Override
    public Set<ClassName> classes() {
        return since == 1
                ? ClassList.of(
                        "Products.PythonScripts.PythonScript.PythonScript",
                        "Products.CMFCore.FSPythonScript.CustomizedPythonScript")
                : ClassList.of(CONTROLLER, VALIDATOR);
    }

    @Override
    public boolean hasSource() {
        return true;
    }

    @Override
    public List<SourceAttribute> sources(ObjectState treeState) {
        return Attributes.isSource(treeState.attribute("_body"))
                ? List.of(new SourceAttribute("_body", extension(treeState.className()), FITTING))
                : List.of();
    }

    @Override
    public ObjectState toTree(ObjectState stored, FormatSettings settings) {
        return settings.keepDerived() || !Attributes.isSource(stored.attribute("_body"))
                ? stored
                : Attributes.without(stored, DERIVED);
    }

    @Override
    public ObjectState toDatabase(
            ObjectState tree, @Nullable ObjectState stored, FormatSettings settings, SourceContent content) {
        if (!Attributes.isSource(tree.attribute("_body"))) {
            return tree;
        }
        if (stored == null) {
            return settings.keepDerived() ? tree : complete(tree);
        }
        boolean same = COMPILED.stream().allMatch(name -> SameValue.test(tree.attribute(name), stored.attribute(name)));
        if (same) {
            return Attributes.restored(tree, stored, DERIVED);
        }
        // Code that came with the tree, and not from this record, was compiled from what the tree says.
        Value code = tree.attribute("_code");
        return code == null || code.equals(stored.attribute("_code")) ? Attributes.without(tree, DERIVED) : tree;
    }

    /** Without bindings a script sees no names at all; any other missing attribute has a default in its class. */
    private static ObjectState complete(ObjectState tree) {
        return tree.attribute("_bind_names") == null
                ? Attributes.with(tree, "_bind_names", PlainInstance.bindings(tree, BINDINGS))
                : tree;
    }
}
