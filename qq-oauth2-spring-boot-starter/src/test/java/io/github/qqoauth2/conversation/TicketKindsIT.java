package io.github.qqoauth2.conversation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything that a login hands out, presented wherever something else belongs.
 */
class TicketKindsIT extends AbstractFrontEndVisit {

	TicketKindsIT() {
		super(TokenFrontEndIT.site);
	}

	private String cookie(String name) {
		return Objects.requireNonNull(this.frontEnd.browser().cookie(name));
	}

	/**
	 * One of each, all good where they belong. Only the binding's id is of a site with
	 * sessions.
	 */
	private Map<String, String> kinds() {
		Map<String, String> kinds = new LinkedHashMap<>();
		FrontEnd.Answer started = this.frontEnd.get(FrontEnd.START);
		kinds.put("state",
				Objects.requireNonNull(FrontEnd.parameters(FrontEnd.authorizationUrl(started)).get("state")));
		kinds.put("authorization", cookie("qq-authorization"));
		this.frontEnd.browser().header("Accept", "text/html").get(FrontEnd.CALLBACK + "?code=x&state=y");
		kinds.put("error", cookie("qq-error"));
		kinds.put("pending", pending(this.frontEnd));
		kinds.put("session binding", new FrontEnd(FrontEndIT.site, qq).comeBack(QqPerson.XIAO_MING).binding());
		kinds.put("ticket binding", this.frontEnd.get(FrontEnd.BIND).binding());
		kinds.put("access", String.valueOf(signIn("bob").object("token").get("accessToken")));
		this.frontEnd.token(null);
		return kinds;
	}

	private static String pending(FrontEnd frontEnd) {
		frontEnd.comeBack(QqPerson.XIAO_MING);
		return Objects.requireNonNull(frontEnd.browser().cookie("qq-pending"));
	}

	/**
	 * Where each kind belongs, and how that place answers to another.
	 */
	private Map<String, Place> places(String binding, String pending) {
		Map<String, Place> places = new LinkedHashMap<>();
		places.put("cookie qq-pending, read",
				new Place("pending", 400, (value) -> with("qq-pending", value).get(FrontEnd.BIND)));
		places.put("cookie qq-pending, bind", new Place("pending", 400,
				(value) -> with("qq-pending", value).post(FrontEnd.BIND, proof(binding, "alice"))));
		places.put("cookie qq-pending, register", new Place("pending", 400,
				(value) -> with("qq-pending", value).post(FrontEnd.REGISTER, with(binding, FORM))));
		places.put("cookie qq-pending, confirm", new Place("pending", 400, (value) -> {
			FrontEnd alice = with("qq-pending", value);
			alice.token(token("alice"));
			return alice.post(FrontEnd.ACCOUNT, with(binding, Map.of("password", "alice-password")));
		}));
		places.put("cookie qq-authorization", new Place("", 400, (value) -> {
			FrontEnd other = new FrontEnd(this.application, qq);
			Map<String, String> parameters = other.agree(QqPerson.XIAO_MING, FrontEnd.START);
			other.browser().cookie("qq-authorization", value);
			return other.post(FrontEnd.CALLBACK, parameters);
		}));
		places.put("cookie qq-error", new Place("error", 400, (value) -> {
			FrontEnd.Answer answer = with("qq-error", value).get("login/qq/error");
			assertThat(answer.text("errorId")).isNull();
			return answer;
		}));
		places.put("state", new Place("", 400, (value) -> {
			FrontEnd other = new FrontEnd(this.application, qq);
			Map<String, String> parameters = other.agree(QqPerson.XIAO_MING, FrontEnd.START);
			parameters.put("state", value);
			return other.post(FrontEnd.CALLBACK, parameters);
		}));
		places.put("binding, bind", new Place("ticket binding", 409,
				(value) -> with("qq-pending", pending).post(FrontEnd.BIND, proof(value, "alice"))));
		places.put("binding, register", new Place("ticket binding", 409,
				(value) -> with("qq-pending", pending).post(FrontEnd.REGISTER, with(value, FORM))));
		for (String path : new String[] { FrontEnd.ACCOUNT, "account/qq/link", "account/qq/unlink" }) {
			places.put("bearer, " + path, new Place("access", 401, (value) -> {
				FrontEnd bearer = new FrontEnd(this.application, qq);
				bearer.token(value);
				assertThat(bearer.get("orders").status()).isEqualTo(401);
				return path.equals(FrontEnd.ACCOUNT) ? bearer.get(path) : bearer.post(path, Map.of());
			}));
		}
		return places;
	}

	private FrontEnd with(String cookie, String value) {
		FrontEnd other = new FrontEnd(this.application, qq);
		other.browser().cookie(cookie, value);
		return other;
	}

	private String token(String account) {
		FrontEnd other = new FrontEnd(this.application, qq);
		Map<String, String> proof = Map.of("username", account, "password", account + "-password");
		return String.valueOf(other.post("api/login", proof).object("token").get("accessToken"));
	}

	@Test
	@Tag("T-10")
	void kindWhenWhereAnotherBelongsThenRefused() {
		Map<String, String> kinds = kinds();
		places(Objects.requireNonNull(kinds.get("ticket binding")), Objects.requireNonNull(kinds.get("pending")))
			.forEach((name, place) -> kinds.forEach((kind, value) -> {
				if (!kind.equals(place.kind())) {
					assertThat(place.present().apply(value).status()).as("%s as %s", kind, name)
						.isEqualTo(place.refusal());
				}
			}));
		assertThat(this.application.bindings()).isEmpty();
		assertThat(accounts()).containsExactly("alice", "bob");
	}

	/**
	 * A place where something is presented.
	 *
	 * @param kind what belongs there
	 * @param refusal the status for everything else
	 */
	private record Place(String kind, int refusal, Function<String, FrontEnd.Answer> present) {

	}

}
