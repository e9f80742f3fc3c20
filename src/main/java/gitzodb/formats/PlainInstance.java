package gitzodb.formats;

import gitzodb.classes.Attributes;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;
import java.util.Map;

/** Makes the small instances that Zope keeps inside a record: bindings, a parsed template, parsed arguments. */
final class PlainInstance {
    private PlainInstance() {}

    /** Returns an instance whose state is {@code attributes}: an old-style one in Python 2, as these classes were. */
    static Instance of(ObjectState holder, String module, String name, PyDict attributes) {
        Instance.How how = Attributes.isPython2(holder) ? Instance.How.OBJ : Instance.How.NEWOBJ;
        return new Instance(how, new Value.Global(module, name), PyTuple.EMPTY, null).state(attributes);
    }

    /** Returns the names that scripts and templates see, as Zope binds them in a new object. */
    static Instance bindings(ObjectState holder, Map<String, String> names) {
        PyDict assigned = new PyDict();
        names.forEach((key, name) -> assigned.put(Attributes.text(holder, key), Attributes.text(holder, name)));
        PyDict attributes = new PyDict();
        attributes.put(Attributes.text(holder, "_asgns"), assigned);
        return of(holder, "Shared.DC.Scripts.Bindings", "NameAssignments", attributes);
    }
}
