package io.github.qqoauth2.bind;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.MapSession;

import static org.assertj.core.api.Assertions.assertThat;

class OtherSessionsTests {

	private final StaticApplicationContext context = new StaticApplicationContext();

	private final SessionRegistryImpl registry = new SessionRegistryImpl();

	private final IndexedSessions store = new IndexedSessions();

	private final MockHttpServletRequest request = LoginFixture.post(LoginPaths.UNLINK);

	private void end(String account) {
		new OtherSessions(this.context).end(this.request, account);
	}

	private void withRegistry() {
		this.context.getBeanFactory().registerSingleton("registry", this.registry);
	}

	private void withStore() {
		this.context.getBeanFactory().registerSingleton("store", this.store);
	}

	private boolean hasEnded(String id) {
		return Objects.requireNonNull(this.registry.getSessionInformation(id)).isExpired();
	}

	@Test
	void endWhenApplicationHasNeitherThenNothingAndNoSession() {
		this.registry.registerNewSession("first", "alice");
		end("alice");
		assertThat(hasEnded("first")).isFalse();
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test
	void endWhenRegistryThenAllOfTheAccountButItsOwn() {
		withRegistry();
		String own = LoginFixture.session(this.request).getId();
		this.registry.registerNewSession(own, LoginFixture.user("alice"));
		this.registry.registerNewSession("first", LoginFixture.user("alice"));
		this.registry.registerNewSession("second", LoginFixture.user("alice"));
		this.registry.registerNewSession("third", LoginFixture.user("bob"));
		end("alice");
		assertThat(hasEnded(own)).isFalse();
		assertThat(hasEnded("first")).isTrue();
		assertThat(hasEnded("second")).isTrue();
		assertThat(hasEnded("third")).isFalse();
	}

	@Test
	void endWhenRegistryKnowsOtherKindsOfPrincipalThenByTheirNames() {
		withRegistry();
		AuthenticatedPrincipal authenticated = () -> "alice";
		Principal named = () -> "alice";
		this.registry.registerNewSession("authenticated", authenticated);
		this.registry.registerNewSession("named", named);
		this.registry.registerNewSession("text", "alice");
		this.registry.registerNewSession("other", "Alice");
		end("alice");
		assertThat(hasEnded("authenticated")).isTrue();
		assertThat(hasEnded("named")).isTrue();
		assertThat(hasEnded("text")).isTrue();
		assertThat(hasEnded("other")).isFalse();
	}

	@Test
	void endWhenThereAreSeveralRegistriesThenNone() {
		withRegistry();
		this.context.getBeanFactory().registerSingleton("another", new SessionRegistryImpl());
		this.registry.registerNewSession("first", "alice");
		end("alice");
		assertThat(hasEnded("first")).isFalse();
	}

	@Test
	void endWhenSpringSessionFindsByAccountThenDeletedThereAndRegistryIsNotAsked() {
		withStore();
		withRegistry();
		String own = LoginFixture.session(this.request).getId();
		this.registry.registerNewSession("first", "alice");
		this.store.add(own, "alice");
		this.store.add("first", "alice");
		this.store.add("second", "alice");
		this.store.add("third", "bob");
		end("alice");
		assertThat(this.store.accounts).containsOnlyKeys(own, "third");
		assertThat(hasEnded("first")).isFalse();
	}

	@Test
	void endWhenRequestHasNoSessionThenAllOfTheAccount() {
		withStore();
		this.store.add("first", "alice");
		this.store.add("third", "bob");
		end("alice");
		assertThat(this.store.accounts).containsOnlyKeys("third");
		assertThat(this.request.getSession(false)).isNull();
	}

	/**
	 * Finds sessions by account.
	 */
	private static final class IndexedSessions implements FindByIndexNameSessionRepository<MapSession> {

		private final Map<String, String> accounts = new LinkedHashMap<>();

		void add(String id, String account) {
			this.accounts.put(id, account);
		}

		@Override
		public Map<String, MapSession> findByIndexNameAndIndexValue(String name, String value) {
			assertThat(name).isEqualTo(PRINCIPAL_NAME_INDEX_NAME);
			Map<String, MapSession> found = new LinkedHashMap<>();
			this.accounts.forEach((id, account) -> {
				if (account.equals(value)) {
					found.put(id, new MapSession(id));
				}
			});
			return found;
		}

		@Override
		public MapSession createSession() {
			return new MapSession();
		}

		@Override
		public void save(MapSession session) {
			throw new UnsupportedOperationException();
		}

		@Override
		public @Nullable MapSession findById(String id) {
			return null;
		}

		@Override
		public void deleteById(String id) {
			this.accounts.remove(id);
		}

	}

}
