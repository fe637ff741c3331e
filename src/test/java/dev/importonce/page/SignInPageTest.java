package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WithTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Who must sign in does so on the page. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(SignInPageTest.WithProject.class)
class SignInPageTest extends InChromium {
    private static final String PROJECT = "http://project.example";

    Database database;
    private final UUID ann = UUID.randomUUID();
    private final List<String> addresses = new ArrayList<>();
    private List<String> others = List.of();

    /** A service beside a Supabase project. */
    public static class WithProject extends WithTokens {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("supabase.url", PROJECT);
            settings.put("supabase.anon-key", "public-key");
            return settings;
        }
    }

    @Override
    boolean mayAsk(String url) {
        return url.startsWith(PROJECT + "/auth/v1/token?") || others.stream().anyMatch(url::startsWith);
    }

    @Test
    void with_e_mail_and_password_and_a_session_that_is_renewed() {
        Page page = watched();
        project(page, 200, Jwt.of(ann).with("email", "änn@example.com").sign());
        page.navigate("/");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Sign in")))
                .isVisible();
        Looks.at(page, "sign-in");

        page.getByLabel("E-mail").fill("ann@example.com");
        page.getByLabel("Password").fill("swordfish");
        page.keyboard().press("Enter");
        choose(page, "signed-in.csv", Imports.csv("ann@signed-in.example,Ann,Lee", "nobody,Bob,Ray"));
        importButton(page).click();

        assertThat(count(page, "inserted")).hasText("1");
        assertThat(history(page).getByRole(AriaRole.LISTITEM).first()).containsText("by änn@example.com (you)");
        assertEquals(
                List.of(List.of(ann)),
                database.rows("select user_id from migration_jobs where file_name = 'signed-in.csv'"));
        page.waitForDownload(
                () -> result(page).getByText("Download the rejected rows").click());
        page.evaluate("""
                () => sessionStorage.setItem('importonce.session', JSON.stringify({ access_token: 'too.old.token', refresh_token: 'again' }))
                """);
        page.reload();
        assertThat(count(page, "inserted")).hasText("1");
        for (String address : addresses)
            assertFalse(address.contains("swordfish") || address.contains("eyJ") || address.contains("again"), address);
    }

    @Test
    void who_looks_after_the_service_sees_whose_job_it_is() {
        String job = given().header("Authorization", "Bearer " + Jwt.of(ann).sign())
                .multiPart("file", "hers.csv", Imports.csv("ann@hers.example,Ann,Lee"))
                .multiPart("mapping", Imports.MAPPING, "application/json")
                .post("/api/migrations/run")
                .path("jobId");
        Page page = watched();
        page.navigate("/#" + job);
        page.getByLabel("Access token").fill(Jwt.ofService().sign());
        button(page, "Use this token").click();

        assertThat(page.getByText("by " + ann)).isVisible();
        assertThat(count(page, "inserted")).hasText("1");
    }

    @Test
    void a_wrong_password_is_told() {
        Page page = watched();
        project(page, 400, "");
        page.navigate("/");

        page.getByLabel("E-mail").fill("ann@example.com");
        page.getByLabel("Password").fill("wrong");
        button(page, "Sign in").click();

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This e-mail and password were not accepted");
        assertThat(page.getByLabel("Password")).isFocused();
    }

    @Test
    void with_a_token_until_signing_out_or_its_end() {
        Page page = watched();
        page.navigate("/");
        page.getByLabel("Access token").fill(Jwt.of(ann).sign());
        button(page, "Use this token").click();
        assertThat(importButton(page)).isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Integrity"))
                .click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Not allowed");

        button(page, "Sign out").click();
        assertThat(page.getByLabel("Access token")).isVisible();
        page.getByLabel("Access token").fill("not.a.token");
        button(page, "Use this token").click();

        assertThat(page.getByText("Your session has ended. Sign in again.")).isVisible();
    }

    @Test
    void the_button_asks_for_another_token_when_one_has_expired() {
        try (OtherSite site = OtherSite.withButton(base, "en", "<import-once-button></import-once-button>")) {
            others = List.of(site.address(), site.service());
            Page page = watched();
            page.navigate(site.address());
            page.evaluate(
                    """
                    (tokens) => {
                      window.asked = 0;
                      document.querySelector('import-once-button').getToken = async () => tokens[Math.min(window.asked++, 1)];
                    }
                    """, List.of(Jwt.of(ann).expiring(-3600).sign(), Jwt.of(ann).sign()));
            button(page, "Import a file").click();
            choose(page, "renewed.csv", Imports.csv("ann@renewed.example,Ann,Lee"));
            assertThat(importButton(page)).isEnabled();
            assertEquals(2, page.evaluate("asked"));

            // The service forgets this token in the middle.
            AtomicBoolean forgets = new AtomicBoolean(true);
            page.route("**/api/migrations/run", route -> {
                boolean run = route.request().method().equals("POST");
                if (run && forgets.getAndSet(false))
                    route.fulfill(new Route.FulfillOptions()
                            .setStatus(401)
                            .setHeaders(Map.of("Access-Control-Allow-Origin", "*")));
                else route.resume();
            });
            importButton(page).click();

            assertThat(count(page, "inserted")).hasText("1");
            assertEquals(3, page.evaluate("asked"));
            assertEquals(
                    List.of(List.of(ann)),
                    database.rows("select user_id from migration_jobs where file_name = 'renewed.csv'"));
            for (String address : addresses) assertFalse(address.contains("eyJ"), address);
            assertEquals(List.of(), profile.cookies());
        }
    }

    @Test
    void a_user_gets_templates_but_declares_no_targets() {
        Page page = watched();
        page.navigate("/");
        page.getByLabel("Access token").fill(Jwt.of(ann).sign());
        button(page, "Use this token").click();
        choose(page, "template.csv", Imports.csv("ann@template.example,Ann,Lee"));
        Download template = page.waitForDownload(
                () -> page.getByText("Template to fill in (CSV)").click());
        assertEquals("contacts.csv", template.suggestedFilename());

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Targets"))
                .click();
        page.getByLabel("Table").fill("public.contacts");
        button(page, "Draft a declaration").click();
        assertThat(page.getByRole(AriaRole.ALERT).getByText("Not allowed")).isVisible();
    }

    @Test
    void anybody_may_read_how_to_sign_in_and_the_page_may_do_it() {
        Map<String, Object> how = given().get("/api/sign-in").jsonPath().getMap("");

        assertEquals(Map.of("required", true, "supabaseUrl", PROJECT, "supabaseAnonKey", "public-key"), how);
        assertTrue(given().get("/").header("Content-Security-Policy").contains("connect-src 'self' " + PROJECT + ";"));
    }

    private Page watched() {
        Page page = profile.newPage();
        page.onRequest((Request request) -> addresses.add(request.url()));
        return page;
    }

    private static void project(Page page, int status, String token) {
        page.route(PROJECT + "/**", route -> {
            assertEquals("public-key", route.request().headerValue("apikey"));
            route.fulfill(new Route.FulfillOptions()
                    .setStatus(status)
                    .setHeaders(Map.of("Access-Control-Allow-Origin", "*", "Content-Type", "application/json"))
                    .setBody("{\"access_token\": \"" + token + "\", \"refresh_token\": \"again\"}"));
        });
    }
}
