package dev.importonce.platform;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.importonce.fixture.Metrics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The names in fly.toml that are used here, as Fly documents them. */
record Fly(
        String app,
        @JsonProperty("primary_region") String primaryRegion,
        @JsonProperty("kill_signal") String killSignal,
        @JsonProperty("kill_timeout") int killTimeout,
        Build build,
        Deploy deploy,
        Map<String, String> env,
        @JsonProperty("http_service") HttpService httpService,
        Map<String, Check> checks,
        Metrics metrics,
        List<Vm> vm) {
    static final Fly CONFIG = Manifests.toml(Path.of("deploy/fly/fly.toml"), Fly.class);

    record Build(String image, String dockerfile) {}

    record Deploy(@JsonProperty("release_command") String releaseCommand, String strategy) {}

    record HttpService(
            @JsonProperty("internal_port") int internalPort,
            @JsonProperty("force_https") boolean forceHttps,
            @JsonProperty("auto_stop_machines") String autoStopMachines,
            @JsonProperty("auto_start_machines") boolean autoStartMachines,
            @JsonProperty("min_machines_running") int minMachinesRunning,
            Concurrency concurrency,
            List<Check> checks) {}

    record Concurrency(
            String type,
            @JsonProperty("soft_limit") int softLimit,
            @JsonProperty("hard_limit") int hardLimit) {}

    record Check(
            String type,
            Integer port,
            String method,
            String path,
            String interval,
            String timeout,
            @JsonProperty("grace_period") String gracePeriod) {}

    record Metrics(int port, String path) {}

    record Vm(String size, String memory) {}
}
