package gitzodb.cli;

import gitzodb.sync.Status;
import java.io.IOException;

/** The JSON of {@code status --json}. */
final class StatusJson {
    private StatusJson() {}

    static String of(Status.Report report) throws IOException {
        return Json.object(json -> {
            json.writeStringField("database", report.database());
            json.writeStringField("url", report.url());
            json.writeStringField("live", report.live().name());
            json.writeStringField("tid", report.tid().hex());
            if (report.head().commit().isPresent()) {
                json.writeStringField("head", report.head().commit().get().name());
            } else {
                json.writeNullField("head");
            }
            json.writeNumberField("ahead", report.ahead());
            json.writeNumberField("behind", report.behind());
            json.writeBooleanField("inStep", report.isInStep());
            json.writeBooleanField("reloadPending", report.reloadPending());
            json.writeNumberField("unreadable", report.unreadable());
            json.writeArrayFieldStart("changes");
            for (Status.Line line : report.lines()) {
                json.writeStartObject();
                json.writeStringField("path", line.path());
                json.writeStringField(
                        "database", String.valueOf(line.inDatabase().letter()));
                json.writeStringField("git", String.valueOf(line.inGit().letter()));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
