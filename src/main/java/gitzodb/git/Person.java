package gitzodb.git;

import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.PersonIdent;

/** An author or committer. {@code when} has whole seconds and is written with the offset +0000. */
public record Person(String name, String email, Instant when) {
    public Person {
        when = Instant.ofEpochSecond(when.getEpochSecond());
    }

    static Person of(PersonIdent ident) {
        return new Person(ident.getName(), ident.getEmailAddress(), ident.getWhenAsInstant());
    }

    PersonIdent ident() {
        return new PersonIdent(name, email, when, ZoneOffset.UTC);
    }
}
