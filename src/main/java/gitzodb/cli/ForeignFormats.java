package gitzodb.cli;

import gitzodb.classes.ClassFormat;
import gitzodb.sync.RefusedException;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Class formats in jars of the user, found by {@link ServiceLoader}. The launcher passes the jars that {@code
 * zodb.classpath} names in the git configuration; nothing in a tracked file can.
 */
final class ForeignFormats {
    private static final String PROPERTY = "gitzodb.classpath";
    private static final String KEY = "zodb.classpath: ";

    private ForeignFormats() {}

    static List<ClassFormat> ofLauncher() throws RefusedException {
        return in(System.getProperty(PROPERTY, ""));
    }

    /**
     * Returns the formats in jars and folders. Their classes stay loaded.
     *
     * @param classpath absolute paths, with {@link File#pathSeparator} between them
     */
    static List<ClassFormat> in(String classpath) throws RefusedException {
        List<URL> urls = new ArrayList<>();
        for (String entry : classpath.split(File.pathSeparator, -1)) {
            if (!entry.isBlank()) {
                urls.add(url(entry));
            }
        }
        if (urls.isEmpty()) {
            return List.of();
        }
        // Not closed: a format may need more of its classes as long as the program runs.
        ClassLoader jars = new URLClassLoader(urls.toArray(URL[]::new), ClassFormat.class.getClassLoader());
        try {
            List<ClassFormat> formats = new ArrayList<>();
            ServiceLoader.load(ClassFormat.class, jars).forEach(formats::add);
            return formats;
        } catch (ServiceConfigurationError | LinkageError broken) {
            throw new RefusedException(KEY + classpath + " has a class format that cannot be used: " + broken
                    + "; correct it, or take it out of the git configuration");
        }
    }

    private static URL url(String entry) throws RefusedException {
        try {
            Path path = Path.of(entry);
            if (path.isAbsolute() && Files.exists(path)) {
                return path.toUri().toURL();
            }
        } catch (InvalidPathException | MalformedURLException e) {
            throw new RefusedException(KEY + entry + " is no path: " + e.getMessage());
        }
        throw new RefusedException(
                KEY + entry + " is not there, or no absolute path; correct it with 'git config zodb.classpath'");
    }
}
