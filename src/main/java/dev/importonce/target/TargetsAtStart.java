package dev.importonce.target;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.stream.Collectors;

/** Declares the targets of the configuration before the first request. */
@ApplicationScoped
class TargetsAtStart {
    private final TargetConfig config;
    private final TargetFiles files;

    TargetsAtStart(TargetConfig config, TargetFiles files) {
        this.config = config;
        this.files = files;
    }

    private List<String> named() {
        return config.targets().map(names -> List.of(names.split(","))).orElse(List.of());
    }

    void declare(@Observes StartupEvent started) {
        String refused = files.apply(named()).stream()
                .filter(applied -> !applied.faults().isEmpty())
                .map(applied -> "\n" + applied.name() + "\n  " + String.join("\n  ", applied.faults()))
                .collect(Collectors.joining());
        if (!refused.isEmpty())
            throw new IllegalStateException("IMPORTONCE_TARGETS has declarations that cannot be used:" + refused);
    }
}
