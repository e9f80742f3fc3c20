package gitzodb.formats;

import gitzodb.classes.Attributes;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the maps of a Virtual Host Monster as {@code VirtualHostMonster.set_map} does: {@code host[:port]/path}, a host
 * {@code *.name} for all below a name. A line that Zope marked with {@code #!} is in no map, nor is one without a slash.
 */
final class VirtualHosts {
    private VirtualHosts() {}

    static Map<String, Value> maps(ObjectState holder, PyTuple lines) {
        PyDict fixed = new PyDict();
        PyDict below = new PyDict();
        for (Value line : lines.items()) {
            String text = String.valueOf(Attributes.string(line));
            String mapping = text.substring(text.lastIndexOf("://") < 0 ? 0 : text.lastIndexOf("://") + 3);
            int slash = mapping.indexOf('/');
            if (!text.contains("#!") && slash >= 0) {
                String host = mapping.substring(0, slash).strip();
                boolean wild = host.startsWith("*.");
                PyList path = path(holder, mapping.substring(slash + 1).strip());
                add(holder, wild ? below : fixed, wild ? host.substring(2) : host, path);
            }
        }
        Map<String, Value> made = new LinkedHashMap<>();
        made.put("fixed_map", fixed);
        made.put("sub_map", below);
        made.put("have_map", fixed.size() + below.size() > 0 ? Value.TRUE : Value.FALSE);
        return made;
    }

    private static void add(ObjectState holder, PyDict map, String host, PyList path) {
        int colon = host.indexOf(':');
        Value name = Attributes.text(holder, colon < 0 ? host : host.substring(0, colon));
        Value port = colon < 0 ? Value.NONE : Attributes.text(holder, host.substring(colon + 1));
        PyDict ports = map.get(name) instanceof PyDict present ? present : new PyDict();
        ports.put(port, path);
        map.put(name, ports);
    }

    /** Returns the steps of a path from the last to the first, below a step that says where the visible path begins. */
    private static PyList path(ObjectState holder, String path) {
        List<String> steps = new ArrayList<>();
        for (String step : path.split("/", -1)) {
            if (!step.isEmpty()) {
                steps.add(step);
            }
        }
        if (!steps.isEmpty() && !steps.contains("VirtualHostRoot")) {
            steps.add("/");
        }
        Collections.reverse(steps);
        List<Value> texts = new ArrayList<>();
        steps.forEach(step -> texts.add(Attributes.text(holder, step)));
        return new PyList(texts);
    }
}
