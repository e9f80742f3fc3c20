package gitzodb.formats;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatException;
import gitzodb.classes.FormatSettings;
import gitzodb.classes.SourceAttribute;
import gitzodb.classes.SourceContent;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Z SQL Method. Zope shows {@code src} and {@code arguments_src} but runs {@code template} and {@code _arg}
 * (zope-classes §2.2). The tree holds the first two, and the others only where they say something else.
 */
final class SqlMethodFormat implements ClassFormat {
    private static final SourceAttribute SRC = new SourceAttribute("src", ".sql", Set.of(".sql", ".zsql"));

    @Override
    public Set<ClassName> classes() {
        return ClassList.of("Products.ZSQLMethods.SQL.SQL");
    }

    @Override
    public boolean hasSource() {
        return true;
    }

    @Override
    public List<SourceAttribute> sources(ObjectState treeState) {
        return Attributes.isSource(treeState.attribute("src")) ? List.of(SRC) : List.of();
    }

    @Override
    public ObjectState toTree(ObjectState stored, FormatSettings settings) {
        return settings.keepDerived() ? stored : Attributes.without(stored, derived(stored));
    }

    /** Returns what can be made again from the rest; {@code _col} is left by the test screen. */
    private static Set<String> derived(ObjectState state) {
        Set<String> names = new HashSet<>(Set.of("_col"));
        if (Attributes.isSource(state.attribute("src"))
                && SameValue.test(state.attribute("template"), template(state))) {
            names.add("template");
        }
        String arguments = Attributes.string(state.attribute("arguments_src"));
        try {
            if (arguments != null && SameValue.test(state.attribute("_arg"), SqlArguments.parse(state, arguments))) {
                names.add("_arg");
            }
        } catch (FormatException e) {
            // What does not parse was not made by Zope: _arg stays as it is.
            return names;
        }
        return names;
    }

    @Override
    public ObjectState toDatabase(
            ObjectState tree, @Nullable ObjectState stored, FormatSettings settings, SourceContent content)
            throws FormatException {
        ObjectState base = stored == null ? tree : Attributes.restored(tree, stored, derived(stored));
        if (!Attributes.isSource(tree.attribute("src")) || (stored == null && settings.keepDerived())) {
            return base;
        }
        base = withTemplate(base, tree, stored);
        if (stored == null) {
            base = Attributes.withDefault(base, "arguments_src", Attributes.text(tree, ""));
        }
        return withArguments(base, stored);
    }

    private static ObjectState withTemplate(ObjectState base, ObjectState tree, @Nullable ObjectState stored) {
        Value template = base.attribute("template");
        if (stored != null && isStale(base, stored, "src", "template")) {
            Value edited = template instanceof Instance old ? edited(old, tree) : template(tree);
            return Attributes.with(base, "template", edited);
        }
        return stored == null && template == null ? Attributes.with(base, "template", template(tree)) : base;
    }

    private static ObjectState withArguments(ObjectState base, @Nullable ObjectState stored) throws FormatException {
        String arguments = Attributes.string(base.attribute("arguments_src"));
        boolean parse =
                stored == null ? base.attribute("_arg") == null : isStale(base, stored, "arguments_src", "_arg");
        return parse && arguments != null ? Attributes.with(base, "_arg", SqlArguments.parse(base, arguments)) : base;
    }

    /** True if the source was edited and what is made of it was not. */
    private static boolean isStale(ObjectState now, ObjectState stored, String source, String made) {
        return !SameValue.test(now.attribute(source), stored.attribute(source))
                && SameValue.test(now.attribute(made), stored.attribute(made));
    }

    /** Returns the stored template with the new text and everything else it had. */
    private static Instance edited(Instance old, ObjectState tree) {
        PyDict attributes = new PyDict();
        if (old.state() instanceof PyDict before) {
            before.entries().forEach(entry -> attributes.put(entry.key(), entry.value()));
        }
        attributes.put(Attributes.text(tree, "raw"), java.util.Objects.requireNonNull(tree.attribute("src")));
        return new Instance(old.how(), old.callable(), old.args(), old.kwargs()).state(attributes);
    }

    /** Returns the template that Zope makes of this source. */
    private static Instance template(ObjectState state) {
        PyDict attributes = new PyDict();
        attributes.put(Attributes.text(state, "raw"), java.util.Objects.requireNonNull(state.attribute("src")));
        if (!Attributes.isPython2(state)) {
            attributes.put(Attributes.text(state, "encoding"), Attributes.text(state, "UTF-8"));
        }
        attributes.put(Attributes.text(state, "globals"), new PyDict());
        attributes.put(Attributes.text(state, "_vars"), new PyDict());
        attributes.put(Attributes.text(state, "__name__"), Attributes.text(state, "<string>"));
        return PlainInstance.of(state, "Shared.DC.ZRDB.DA", "SQL", attributes);
    }
}
