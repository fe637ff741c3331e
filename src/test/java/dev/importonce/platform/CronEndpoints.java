package dev.importonce.platform;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** The cron endpoints that there are, from the resource itself. */
final class CronEndpoints {
    private CronEndpoints() {}

    static Set<String> paths() {
        String base = CronResource.class.getAnnotation(Path.class).value();
        Set<String> paths = new TreeSet<>();
        Arrays.stream(CronResource.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(POST.class))
                .forEach(method ->
                        paths.add(base + "/" + method.getAnnotation(Path.class).value()));
        return paths;
    }
}
