package gitzodb.xml;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The XML of each construct, byte by byte; {@code -Dgolden.update} writes the files anew. */
final class GoldenXmlTest {
    private static final String FOLDER = "golden/xml/";

    @ParameterizedTest
    @EnumSource(GoldenState.class)
    void writesTheGoldenFile(GoldenState golden) throws IOException {
        RoundTrip roundTrip = new RoundTrip(golden.generation());
        ObjectState state = golden.state();
        Bytes text = roundTrip.write(state, new ArrayList<>(), new ArrayList<>());
        assertThat(ObjectRecord.same(state, roundTrip.of(state).state(), golden.generation()))
                .isTrue();
        if (System.getProperty("golden.update") != null) {
            Path file = Path.of("src/test/resources", FOLDER, golden.file());
            Files.createDirectories(file.getParent());
            Files.write(file, text.toArray());
        }
        try (InputStream in = GoldenXmlTest.class.getClassLoader().getResourceAsStream(FOLDER + golden.file())) {
            assertThat(in).as(golden.file()).isNotNull();
            assertThat(RoundTrip.utf8(text)).isEqualTo(RoundTrip.utf8(Bytes.wrap(in.readAllBytes())));
        }
    }
}
