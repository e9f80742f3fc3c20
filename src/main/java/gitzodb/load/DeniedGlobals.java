package gitzodb.load;

import gitzodb.zodb.ClassName;
import java.util.Map;
import java.util.Set;

/**
 * Classes and functions that run code of the caller's choice: never written, whatever the database holds or the
 * configuration allows (design §4.9). {@code getattr} is not among them: databases hold it, and it runs nothing unless
 * it is given one of these.
 */
final class DeniedGlobals {
    /** Modules of which nothing is written, submodules included. */
    static final Set<String> MODULES = Set.of(
            "_posixsubprocess",
            "asyncio.base_events",
            "asyncio.subprocess",
            "asyncio.unix_events",
            "bdb",
            "cProfile",
            "cgitb",
            "code",
            "codeop",
            "commands",
            "concurrent.futures",
            "ctypes",
            "distutils",
            "ensurepip",
            "imp",
            "importlib",
            "marshal",
            "multiprocessing",
            "nt",
            "os",
            "pdb",
            "pickle",
            "cPickle",
            "_pickle",
            "pickletools",
            "pip",
            "pipes",
            "platform",
            "popen2",
            "posix",
            "profile",
            "pty",
            "pydoc",
            "runpy",
            "setuptools",
            "shelve",
            "shutil",
            "site",
            "socket",
            "subprocess",
            "sys",
            "threading",
            "thread",
            "_thread",
            "timeit",
            "trace",
            "venv",
            "webbrowser",
            "zipimport",
            "zodbpickle.fastpickle",
            "zodbpickle.pickle",
            "zodbpickle.slowpickle");

    private static final Set<String> BUILTINS = Set.of(
            "__import__",
            "apply",
            "breakpoint",
            "compile",
            "delattr",
            "eval",
            "exec",
            "execfile",
            "exit",
            "file",
            "globals",
            "help",
            "input",
            "intern",
            "locals",
            "open",
            "quit",
            "raw_input",
            "reload",
            "setattr",
            "vars");

    private static final Set<String> CODE_TYPES =
            Set.of("CodeType", "FunctionType", "LambdaType", "MethodType", "ModuleType");

    /** Names in modules that hold harmless things too. */
    static final Map<String, Set<String>> NAMES = Map.ofEntries(
            Map.entry("builtins", BUILTINS),
            Map.entry("__builtin__", BUILTINS),
            Map.entry("types", CODE_TYPES),
            Map.entry("new", Set.of("code", "function", "instancemethod", "module")),
            Map.entry("io", Set.of("open", "open_code", "FileIO")),
            Map.entry("_io", Set.of("open", "open_code", "FileIO")),
            Map.entry("codecs", Set.of("open")),
            Map.entry("linecache", Set.of("getline", "getlines", "updatecache")),
            Map.entry("logging.config", Set.of("fileConfig", "dictConfig", "listen")),
            Map.entry("operator", Set.of("methodcaller")),
            Map.entry("_operator", Set.of("methodcaller")),
            Map.entry("copyreg", Set.of("add_extension", "remove_extension", "pickle")),
            Map.entry("copy_reg", Set.of("add_extension", "remove_extension", "pickle")),
            Map.entry("ZODB.broken", Set.of("rebuild")),
            Map.entry("RestrictedPython", Set.of("compile_restricted", "compile_restricted_exec")),
            Map.entry("zope.dottedname.resolve", Set.of("resolve")));

    private static final Set<String> MODULE_NAMES =
            Set.of("__builtin__", "__builtins__", "builtins", "os", "posix", "subprocess", "sys");

    private DeniedGlobals() {}

    static boolean has(ClassName name) {
        String module = name.module();
        for (int end = module.length(); end > 0; end = module.lastIndexOf('.', end - 1)) {
            if (MODULES.contains(module.substring(0, end))) {
                return true;
            }
        }
        String[] parts = name.name().split("\\.", -1);
        if (NAMES.getOrDefault(module, Set.of()).contains(parts[0])) {
            return true;
        }
        // a module reached through one that imported it: posixpath.os, shutil.os.system
        for (String part : parts) {
            if (MODULE_NAMES.contains(part) || part.equals("__globals__") || part.equals("func_globals")) {
                return true;
            }
        }
        return false;
    }
}
