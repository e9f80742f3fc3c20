package gitzodb.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OracleTest {
    @TempDir
    private Path temp;

    @Test
    void aFixtureEqualsItsCopyAndNotAnother() throws IOException {
        Oracle.assumeOraclePython();
        Path small = Oracle.copyFixture("small", temp.resolve("small")).resolve("Data.fs");
        Path code = Oracle.copyFixture("code-300", temp.resolve("code")).resolve("Data.fs");

        assertThat(Oracle.compare(small, Oracle.shared().resolve("fixtures/small/Data.fs"))
                        .exit())
                .isEqualTo(0);
        assertThat(Oracle.compare(small, code).exit()).isEqualTo(1);
    }

    @Test
    void pythonPrintsAndEnds() throws IOException {
        Oracle.assumeOraclePython();
        Oracle.Run run = Oracle.python("import sys; print(sys.argv[1]); sys.exit(3)", "früh");

        assertThat(run).isEqualTo(new Oracle.Run(3, "früh\n", ""));
    }
}
