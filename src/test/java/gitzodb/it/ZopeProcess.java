package gitzodb.it;

import gitzodb.oracle.Oracle;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Python with Zope imported, which does one job after the other: a Zope takes two seconds to start. */
final class ZopeProcess {
    private static @Nullable ZopeProcess shared;

    private final BufferedWriter jobs;
    private final BufferedReader answers;

    private ZopeProcess(Process process) {
        this.jobs = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        // It ends with its standard input; this is for a job that hangs.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Does one job in the process of this JVM, which is started at the first; skips the test where there is no Zope. */
    static synchronized Oracle.Run run(List<String> words) throws IOException {
        ZopeProcess process = shared;
        if (process == null) {
            Oracle.assumeZope();
            process = new ZopeProcess(Oracle.startZopePython(
                    script(), Oracle.shared().resolve("oracle").toString()));
            shared = process;
        }
        return process.answer(words);
    }

    private Oracle.Run answer(List<String> words) throws IOException {
        List<String> encoded = new ArrayList<>();
        for (String word : words) {
            encoded.add(Base64.getEncoder().encodeToString(word.getBytes(StandardCharsets.UTF_8)));
        }
        jobs.write(String.join(" ", encoded) + "\n");
        jobs.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the Zope process ended at " + words);
        }
        String[] parts = line.split(" ", -1);
        return new Oracle.Run(Integer.parseInt(parts[0]), decoded(parts[1]), decoded(parts[2]));
    }

    private static String decoded(String text) {
        return text.equals("-") ? "" : new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    private static String script() throws IOException {
        try (InputStream stream = ZopeProcess.class.getResourceAsStream("zope_process.py")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
