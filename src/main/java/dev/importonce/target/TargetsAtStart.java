package dev.importonce.target;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

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
        List<TargetFiles.Applied> refused = files.apply(named()).stream()
                .filter(applied -> !applied.faults().isEmpty())
                .toList();
        if (!refused.isEmpty())
            throw new IllegalStateException("IMPORTONCE_TARGETS has a declaration that cannot be used: "
                    + refused.get(0).name() + ": "
                    + String.join(" ", refused.get(0).faults()));
    }
}
