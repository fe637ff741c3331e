package dev.importonce.webhook;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which receivers are refused, and when. */
class ReceiverTest {
    private static final String SECRET = "whsec_" + base64(32);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not a url|is not a URL.",
                "ftp://hooks.example.com|must begin with https://.",
                "hooks.example.com/x|must begin with https://.",
                "https:///x|has no valid host and port.",
                "https://hooks.example.com:99999|has no valid host and port.",
                "https://us_er/x|has no valid host and port.",
                "https://me:hunter2@hooks.example.com|must not have a user name or password.",
                "https://hooks.example.com/#x|must not have a fragment (#).",
                "http://hooks.example.com|must begin with https://; only IMPORTONCE_WEBHOOK_ALLOW_PRIVATE=true allows http.",
                "https://localhost|names this machine or a private address; only IMPORTONCE_WEBHOOK_ALLOW_PRIVATE=true allows that.",
                "https://127.0.0.1:8443/x|names this machine or a private address; only IMPORTONCE_WEBHOOK_ALLOW_PRIVATE=true allows that.",
                "https://[::1]/x|names this machine or a private address; only IMPORTONCE_WEBHOOK_ALLOW_PRIVATE=true allows that.",
                "https://[::ffff:10.0.0.1]/x|names this machine or a private address; only IMPORTONCE_WEBHOOK_ALLOW_PRIVATE=true allows that.",
                "https://169.254.169.254/latest|names this machine or a private address; only IMPORTONCE_WEBHOOK_ALLOW_PRIVATE=true allows that."
            })
    void a_url_that_cannot_work_ends_the_start(String url, String why) {
        String message = refusal(url, SECRET);

        assertEquals("IMPORTONCE_WEBHOOK_URL " + why, message);
    }

    @ParameterizedTest
    @CsvSource({
        "'', is missing",
        "hunter2, does not begin with whsec_.",
        "whsec_hunter2!, is not base64",
        "whsec_aHVudGVyMg==, is too short."
    })
    void a_secret_that_cannot_work_ends_the_start(String secret, String why) {
        String message = refusal("https://hooks.example.com", secret);

        assertTrue(message.startsWith("IMPORTONCE_WEBHOOK_SECRET " + why), message);
        assertFalse(message.contains("hunter2") || message.contains("aHVudGVyMg"), message);
    }

    @Test
    void a_secret_has_24_to_64_bytes_and_there_are_two_at_most() {
        assertTrue(refusal("https://hooks.example.com", "whsec_" + base64(23)).contains("is too short."));
        assertTrue(refusal("https://hooks.example.com", "whsec_" + base64(65)).contains("is too long."));
        assertTrue(refusal("https://hooks.example.com", String.join(" ", SECRET, SECRET, SECRET))
                .contains("has more than 2 secrets."));
        assertEquals(
                1,
                receiver("https://hooks.example.com", "whsec_" + base64(24), false)
                        .secrets()
                        .size());
        for (String between : List.of(" ", ",", ", ", "\n"))
            assertEquals(
                    2,
                    receiver("https://hooks.example.com", SECRET + between + "whsec_" + base64(64), false)
                            .secrets()
                            .size());
    }

    @Test
    void without_a_url_there_is_no_receiver_and_no_fault() {
        assertFalse(receiver("", "", false).configured());
        assertFalse(receiver(" ", "hunter2", false).configured());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:8080/x", "http://10.0.0.1", "https://[::1]:8443", "http://hooks.internal"})
    void private_receivers_and_http_can_be_allowed(String url) {
        assertDoesNotThrow(() -> receiver(url, SECRET, true));
    }

    /** What a name resolves to is known only at each attempt; one private address among public ones is enough. */
    @Test
    void a_name_with_a_private_address_is_not_connected_to() throws UnknownHostException {
        InetAddress open = InetAddress.getByAddress("hooks.example.com", new byte[] {9, 9, 9, 9});
        InetAddress inside = InetAddress.getByAddress("hooks.example.com", new byte[] {10, 0, 0, 1});
        Receiver careful = receiver("https://hooks.example.com", SECRET, false);

        assertEquals(List.of(open), careful.allowed(List.of(open)));
        UnknownHostException refused =
                assertThrows(UnknownHostException.class, () -> careful.allowed(List.of(open, inside)));
        assertTrue(refused.getMessage().contains("private"), refused.getMessage());
        assertEquals(
                List.of(open, inside),
                receiver("https://hooks.example.com", SECRET, true).allowed(List.of(open, inside)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "203.0.113.7",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2001::1",
                "2001:db8::1",
                "fec0::1",
                "100::1",
                "3fff::1"
            })
    void an_address_that_is_not_everybodys_is_private(String address) throws UnknownHostException {
        assertTrue(Networks.isNotPublic(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.9.9.9",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.0.1",
                "198.17.0.1",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450::1",
                "64:ff9b::101:101",
                "2002:101:101::",
                "2001:4860:4860::8888"
            })
    void an_address_of_the_internet_is_public(String address) throws UnknownHostException {
        assertFalse(Networks.isNotPublic(InetAddress.getByName(address)));
    }

    @Test
    void a_secret_shows_nothing_of_itself() {
        assertEquals(
                "[a secret]",
                receiver("https://hooks.example.com", SECRET, false).secrets().toString());
    }

    private static String refusal(String url, String secret) {
        return assertThrows(IllegalStateException.class, () -> receiver(url, secret, false))
                .getMessage();
    }

    private static Receiver receiver(String url, String secret, boolean allowPrivate) {
        return new Receiver(new WebhookConfig() {
            @Override
            public Optional<String> url() {
                return Optional.of(url);
            }

            @Override
            public Optional<String> secret() {
                return Optional.of(secret);
            }

            @Override
            public boolean allowPrivate() {
                return allowPrivate;
            }

            @Override
            public Duration timeout() {
                return Duration.ofSeconds(1);
            }
        });
    }

    private static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }
}
