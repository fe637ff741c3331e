package dev.importonce.target;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Which targets are declared at the start. */
@ConfigMapping(prefix = "importonce")
interface TargetConfig {
    /**
     * Files with declarations, separated by commas, applied when the service starts; absent: none. So a deployment can keep its declarations beside
     * its other settings. The service does not start if one of them does not fit.
     */
    Optional<String> targets();
}
