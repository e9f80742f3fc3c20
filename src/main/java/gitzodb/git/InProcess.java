package gitzodb.git;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.internal.util.CleanupService;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * JGit without its surroundings: it reads no user or system configuration and no environment, starts no program and
 * measures no clock, so that it starts at once and does the same everywhere.
 */
final class InProcess extends SystemReader {
    /** The coarsest time stamps in use (FAT); a finer value would have to be measured, which takes JGit 3 seconds. */
    private static final Duration TIMESTAMPS = Duration.ofSeconds(2);

    private static final class Holder {
        static final InProcess INSTANCE = new InProcess();

        static {
            SystemReader.setInstance(INSTANCE);
            // As in OSGi, JGit is then not asked to clean up when the process ends, for which it would load all its
            // messages now: a fifth of a short command. There is nothing to clean up.
            new CleanupService();
            FS.FileStoreAttributes.setBackground(true);
            WindowCacheConfig cache = new WindowCacheConfig();
            cache.setPackedGitLimit(Math.clamp(Runtime.getRuntime().maxMemory() / 8, 16L << 20, 256L << 20));
            cache.setPackedGitWindowSize(64 << 10);
            cache.setDeltaBaseCacheLimit(16 << 20);
            cache.setExposeStatsViaJmx(false);
            cache.install();
        }
    }

    private InProcess() {
        setPlatformChecker();
    }

    /** Makes JGit use this for the whole process; cheap when it does already. */
    static void install() {
        if (SystemReader.getInstance() != Holder.INSTANCE) {
            SystemReader.setInstance(Holder.INSTANCE);
        }
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new Fixed(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new Fixed(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new Fixed(parent, fs);
    }

    @Override
    public String getHostname() {
        return InetAddress.getLoopbackAddress().getHostName();
    }

    @Override
    public @Nullable String getenv(String variable) {
        return null;
    }

    @Override
    public @Nullable String getProperty(String key) {
        return System.getProperty(key);
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in JGit still
    public long getCurrentTime() {
        return System.currentTimeMillis();
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in JGit still
    public int getTimezone(long when) {
        return 0;
    }

    /** Settings below those of the repository: write through to the disk, know the time stamps without a measurement. */
    private static final class Fixed extends FileBasedConfig {
        @SuppressWarnings("NullAway") // JGit's own tests pass no file; the two methods that use it are replaced.
        Fixed(@Nullable Config parent, FS fs) {
            super(parent, null, fs);
            setBoolean("core", null, "fsyncobjectfiles", true);
            setBoolean("core", null, "fsyncreffiles", true);
            setInt("core", null, "compression", 1);
        }

        @Override
        public long getTimeUnit(
                String section, @Nullable String subsection, String name, long otherwise, TimeUnit unit) {
            return section.equals("filesystem")
                    ? unit.convert(TIMESTAMPS)
                    : super.getTimeUnit(section, subsection, name, otherwise, unit);
        }

        @Override
        public void load() {
            // There is no file.
        }

        @Override
        public void save() {
            // There is no file.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
