package gitzodb.sync;

import gitzodb.git.Operation;
import gitzodb.git.Repository;
import java.io.IOException;
import java.util.List;

/** In the middle of a rebase or a merge with conflicts the database does not move. */
final class Standstill {
    private Standstill() {}

    static void require(Repository repository, String verb) throws IOException {
        List<Operation> under = repository.operations().stream()
                .filter(each -> each != Operation.BISECT)
                .toList();
        if (!under.isEmpty()) {
            String command = under.getFirst().command();
            throw new RefusedException("a " + command + " is under way, so no " + verb + "; end it with 'git " + command
                    + " --continue' or 'git " + command + " --abort'");
        }
    }
}
