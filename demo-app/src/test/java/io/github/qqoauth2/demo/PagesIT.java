package io.github.qqoauth2.demo;

import java.time.Duration;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

/**
 * Access control and validation of the shop's pages, without a server.
 */
@SpringBootTest(properties = { "spring.datasource.url=jdbc:h2:mem:pages", "qq.oauth2.app-id=",
		"onepage.data-dir=target/pages-${random.uuid}" })
@AutoConfigureMockMvc
class PagesIT {

	@Autowired
	MockMvcTester mvc;

	@Autowired
	JdbcClient jdbc;

	@BeforeEach
	void clear() {
		this.jdbc.sql("delete from note").update();
		this.jdbc.sql("delete from reading_list_entry").update();
		this.jdbc.sql("delete from persistent_logins").update();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/login", "/books/1" })
	void pageWhenPublicThenShown(String path) {
		assertThat(this.mvc.get().uri(path)).hasStatusOk();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/shelf", "/me", "/account/qq", "/books/1/notes", "/anything" })
	void pageWhenProtectedThenRedirectsToLogin(String path) {
		assertThat(this.mvc.get().uri(path)).hasStatus(302).hasRedirectedUrl("/login");
	}

	@ParameterizedTest
	@CsvSource({ "qq, 1", "password, 0", "QQ, 0" })
	void loginWhenCookieNamesLastLoginThenReminder(String value, int reminders) {
		assertThat(this.mvc.get().uri("/login").cookie(new Cookie("last-login", value))).hasStatusOk()
			.bodyText()
			.matches((body) -> body.split("class=\"last\"", -1).length == reminders + 1);
	}

	@Test
	void loginWhenByPasswordThenReminderOfQqIsForgotten() {
		assertThat(this.mvc.post()
			.uri("/login")
			.param("username", "alice")
			.param("password", "reads-at-night")
			.cookie(new Cookie("last-login", "qq"))
			.with(csrf())).hasStatus(302).cookies().hasValue("last-login", "").hasMaxAge("last-login", Duration.ZERO);
		assertThat(this.mvc.post()
			.uri("/login")
			.param("username", "alice")
			.param("password", "reads-at-night")
			.with(csrf())).hasStatus(302).cookies().doesNotContainCookie("last-login");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			zh-CN | 还没有写内容。
			zh-TW,en;q=0.5 | 还没有写内容。
			en-GB | Write something first.
			fr,zh;q=0.5 | Write something first.
			""")
	@WithMockUser("alice")
	void noteWhenBlankThenRejectedInVisitorsLanguage(String languages, String sentence) {
		assertThat(this.mvc.post()
			.uri("/books/1/notes")
			.param("text", " \r\n ")
			.header("Accept-Language", languages)
			.with(csrf())).hasStatus(422).bodyText().contains(sentence);
		assertThat(notes()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "zh,一条笔记最多 1000 个字。", "en,A note has at most 1000 characters." })
	@WithMockUser("alice")
	void noteWhenTooLongThenRejectedAndKeptInForm(String language, String sentence) {
		String text = "x".repeat(1001);
		assertThat(this.mvc.post()
			.uri("/books/1/notes")
			.param("text", text)
			.header("Accept-Language", language)
			.with(csrf())).hasStatus(422).bodyText().contains(sentence, text);
		assertThat(notes()).isZero();
	}

	@Test
	@WithMockUser("alice")
	void noteWhenMaxLengthThenSaved() {
		assertThat(this.mvc.post().uri("/books/1/notes").param("text", "字\r\n".repeat(500)).with(csrf())).hasStatus(302)
			.hasRedirectedUrl("/books/1#notes");
		assertThat(this.jdbc.sql("select text from note").query(String.class).single())
			.isEqualTo("字\n".repeat(500).strip());
	}

	@Test
	@WithMockUser("alice")
	void noteWhenMarkupThenShownAsText() {
		this.mvc.post().uri("/books/1/notes").param("text", "<script>alert(1)</script>").with(csrf()).exchange();
		assertThat(this.mvc.get().uri("/books/1")).bodyText()
			.contains("&lt;script&gt;alert(1)&lt;/script&gt;")
			.doesNotContain("<script>");
	}

	@Test
	@WithMockUser("alice")
	void noteWhenBookUnknownThenNotFound() {
		assertThat(this.mvc.post().uri("/books/99/notes").param("text", "x").with(csrf())).hasStatus(404);
		assertThat(this.mvc.post().uri("/books/99/list").with(csrf())).hasStatus(404);
	}

	@Test
	void noteWhenOfOtherReaderThenNeitherShownNorDeleted() {
		this.mvc.post().uri("/books/1/notes").param("text", "mine").with(user("alice")).with(csrf()).exchange();
		long id = this.jdbc.sql("select id from note").query(Long.class).single();
		assertThat(this.mvc.get().uri("/books/1").with(user("bob"))).bodyText().doesNotContain("mine");
		assertThat(this.mvc.get().uri("/shelf").with(user("bob"))).bodyText().doesNotContain("mine");
		assertThat(this.mvc.post().uri("/books/1/notes/" + id + "/delete").with(user("bob")).with(csrf()))
			.hasStatus(404);
		assertThat(notes()).isOne();
		assertThat(this.mvc.post().uri("/books/1/notes/" + id + "/delete").with(user("alice")).with(csrf()))
			.hasStatus(302);
		assertThat(notes()).isZero();
	}

	@Test
	@WithMockUser("alice")
	void listWhenBookAddedTwiceThenListedOnce() {
		for (int i = 0; i < 2; i++) {
			assertThat(this.mvc.post().uri("/books/2/list").with(csrf())).hasStatus(302).hasRedirectedUrl("/books/2");
		}
		assertThat(this.jdbc.sql("select count(*) from reading_list_entry").query(Integer.class).single()).isOne();
		assertThat(this.mvc.post().uri("/books/2/list/remove").with(csrf())).hasStatus(302);
		assertThat(this.jdbc.sql("select count(*) from reading_list_entry").query(Integer.class).single()).isZero();
	}

	@Test
	@WithMockUser("alice")
	void postWhenNoCsrfTokenThenForbidden() {
		assertThat(this.mvc.post().uri("/books/1/notes").param("text", "x")).hasStatus(403);
	}

	@ParameterizedTest
	@CsvSource({ "/books/3,/books/3", "/shelf,/shelf", "//evil.example,/", "https://evil.example,/",
			"/\\evil.example,/", "/books/3/../../logout,/" })
	void loginWhenNextGivenThenRedirectsToOwnPagesOnly(String next, String target) {
		assertThat(this.mvc.post()
			.uri("/login")
			.param("username", "alice")
			.param("password", "reads-at-night")
			.param("next", next)
			.with(csrf())).hasStatus(302).hasRedirectedUrl(target);
	}

	@Test
	void loginWhenRequestSavedThenTakesPrecedenceOverNext() {
		MockHttpSession session = new MockHttpSession();
		this.mvc.get().uri("/me").session(session).exchange();
		assertThat(this.mvc.post()
			.uri("/login")
			.param("username", "alice")
			.param("password", "reads-at-night")
			.param("next", "/shelf")
			.session(session)
			.with(csrf())).hasStatus(302).redirectedUrl().endsWith("/me?continue");
	}

	@Test
	void loginWhenPostRequiredLoginThenNotRepeated() {
		MockHttpSession session = new MockHttpSession();
		assertThat(this.mvc.post().uri("/books/1/list").session(session).with(csrf())).hasRedirectedUrl("/login");
		assertThat(this.mvc.post()
			.uri("/login")
			.param("username", "alice")
			.param("password", "reads-at-night")
			.session(session)
			.with(csrf())).hasStatus(302).hasRedirectedUrl("/");
	}

	@Test
	void loginWhenPasswordWrongThenKeepsNext() {
		assertThat(this.mvc.post()
			.uri("/login")
			.param("username", "alice")
			.param("password", "wrong")
			.param("next", "/me")
			.with(csrf())).hasStatus(302).hasRedirectedUrl("/login?error=credentials&next=/me");
	}

	@Test
	void loginWhenRememberMeThenStoresToken() {
		assertThat(this.mvc.post()
			.uri("/login")
			.param("username", "alice")
			.param("password", "reads-at-night")
			.param("remember-me", "on")
			.with(csrf())).hasStatus(302).cookies().containsCookie("remember-me");
		assertThat(this.jdbc.sql("select username from persistent_logins").query(String.class).list())
			.containsExactly("alice");
	}

	@Test
	@WithMockUser("alice")
	void loginPageWhenSignedInThenRedirectsHome() {
		assertThat(this.mvc.get().uri("/login")).hasStatus(302).hasRedirectedUrl("/");
	}

	private int notes() {
		return this.jdbc.sql("select count(*) from note").query(Integer.class).single();
	}

}
