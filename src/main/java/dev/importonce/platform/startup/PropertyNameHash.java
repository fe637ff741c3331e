package dev.importonce.platform.startup;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.config.PropertyName;

/**
 * Takes, in the native binary, the place of the hash by which SmallRye Config finds the defaults of what a user may name. Its own
 * is 0 for every name without an index, so that they share one bucket, which a start searches from end to end for every
 * property that has no value. SmallRye Config 3.18.1 keeps these defaults in a tree: with it, this class can go.
 */
@TargetClass(PropertyName.class)
final class PropertyNameHash {
    /**
     * The same for names that SmallRye Config takes for equal, as it does where one has {@code *} for a segment of the other:
     * made of what no {@code *} stands for, which is the dots and brackets outside quotes, and the extension in
     * {@code quarkus.extension}, under which Quarkus names all that a user may name.
     */
    @Substitute
    static int hashCode(String name) {
        // No constant: what takes the place of a method may bring no field along.
        String quarkus = "quarkus.";
        int hash = 0;
        boolean quoted = false;
        boolean extension = name.startsWith(quarkus);
        for (int i = extension ? quarkus.length() : 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '"') quoted = !quoted;
            if (quoted) continue;
            boolean between = c == '.' || c == '[' || c == ']';
            if (between) extension = false;
            if (between || extension) hash = 31 * hash + c;
        }
        return hash;
    }
}
