package gitzodb.cli;

import gitzodb.classes.ClassFormats;
import gitzodb.formats.BuiltinFormats;
import gitzodb.sync.Progress;
import gitzodb.sync.RefusedException;
import gitzodb.sync.StorageOpener;
import gitzodb.sync.Surroundings;
import java.time.InstantSource;

/** Puts the parts together that the use cases know by their interfaces only. */
final class Wiring {
    private Wiring() {}

    static Surroundings surroundings(Console console) throws RefusedException {
        StorageOpener files = new FileStorages(InstantSource.system());
        Progress progress = console.progress();
        StorageOpener storages = progress.equals(Progress.NONE) ? files : new WatchedStorages(files, progress);
        return new Surroundings(formats(), storages, InstantSource.system(), progress);
    }

    static ClassFormats formats() throws RefusedException {
        return new ClassFormats(BuiltinFormats.all()).offering(ForeignFormats.ofLauncher());
    }
}
