package gitzodb.cli;

import gitzodb.classes.ClassFormats;
import gitzodb.formats.BuiltinFormats;
import gitzodb.sync.Surroundings;
import java.time.InstantSource;

/** Puts the parts together that the use cases know by their interfaces only. */
final class Wiring {
    private Wiring() {}

    static Surroundings surroundings(Console console) {
        return new Surroundings(
                formats(), new FileStorages(InstantSource.system()), InstantSource.system(), console.progress());
    }

    static ClassFormats formats() {
        return new ClassFormats(BuiltinFormats.all());
    }
}
