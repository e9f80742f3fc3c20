package gitzodb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.sync.BindingBusyException;
import gitzodb.sync.RefusedException;
import gitzodb.zodb.ConflictException;
import gitzodb.zodb.CorruptStorageException;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StorageBusyException;
import gitzodb.zodb.StorageException;
import gitzodb.zodb.Tid;
import java.io.InterruptedIOException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void everyKindOfFailureHasItsDocumentedCode() {
        assertThat(Failures.exitCode(new RefusedException("no"))).isEqualTo(ExitCode.REFUSED);
        assertThat(Failures.exitCode(new BindingBusyException("busy"))).isEqualTo(ExitCode.BUSY);
        assertThat(Failures.exitCode(new StorageBusyException("busy"))).isEqualTo(ExitCode.BUSY);
        assertThat(Failures.exitCode(new ConflictException(Oid.ROOT, Tid.NONE, new Tid(1))))
                .isEqualTo(ExitCode.BUSY);
        assertThat(Failures.exitCode(new CorruptStorageException("bad"))).isEqualTo(ExitCode.BAD_DATA);
        assertThat(Failures.exitCode(new StorageException("gone"))).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(Failures.exitCode(new InterruptedIOException("stop"))).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(Failures.exitCode(new IllegalStateException("bug"))).isEqualTo(ExitCode.FATAL);
    }
}
