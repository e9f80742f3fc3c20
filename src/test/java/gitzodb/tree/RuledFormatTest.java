package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.classes.ClassFormat;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RuledFormatTest {
    /** A method that it leaves to the interface would forget what the format of the class says. */
    @Test
    void everyQuestionIsAskedOfTheFormatOfTheClass() {
        assertThat(names(RuledFormat.class)).containsAll(names(ClassFormat.class));
    }

    private static Set<String> names(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !method.isSynthetic() && !method.getName().equals("since"))
                .map(Method::getName)
                .collect(Collectors.toSet());
    }
}
