package io.github.qqoauth2.account;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.client.QqIdentity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every {@link QqAccountBindingStore} must pass. Extend this class to test
 * your own store. Its table must be empty before each test; the accounts need not exist.
 * The store need not keep the whole binding: only app id, openid and account are compared
 * with the expected values.
 */
public abstract class QqAccountBindingStoreContract {

	/** The app id of all bindings in these tests. */
	protected static final String APP_ID = "101000001";

	private static final Instant NOW = Instant.parse("2026-11-21T08:09:10.123456Z");

	/**
	 * Returns the store to test.
	 * @return the store, with an empty table
	 */
	protected abstract QqAccountBindingStore store();

	/**
	 * Creates a binding with a profile.
	 * @param openid the openid
	 * @param account the account's key
	 * @return the binding
	 */
	protected static QqAccountBinding binding(String openid, String account) {
		return new QqAccountBinding(APP_ID, openid, account, null, "小明 🐼", "https://thirdqq.qlogo.cn/g?a=1&b=2", null,
				NOW.minus(1, ChronoUnit.DAYS), false, NOW, NOW.plusSeconds(1));
	}

	private static QqIdentity identity(String openid) {
		return new QqIdentity(APP_ID, openid, null);
	}

	private void assertBound(String openid, String account) {
		QqAccountBinding byIdentity = store().find(identity(openid));
		QqAccountBinding byAccount = store().find(APP_ID, account);
		assertThat(byIdentity).isNotNull();
		assertThat(byAccount).isEqualTo(byIdentity);
		assertThat(byIdentity).extracting(QqAccountBinding::appId, QqAccountBinding::openid, QqAccountBinding::account)
			.containsExactly(APP_ID, openid, account);
	}

	private void assertUnbound(String openid) {
		assertThat(store().find(identity(openid))).isNull();
	}

	@Test
	protected void findWhenInsertedThenFoundByIdentityAndAccount() {
		assertThat(store().insert(binding("AAAA", "爱丽丝"))).isTrue();
		assertBound("AAAA", "爱丽丝");
		assertUnbound("BBBB");
		assertThat(store().find(APP_ID, "bob")).isNull();
	}

	@Test
	@Tag("T-28")
	protected void insertWhenIdentityOrAccountIsBoundThenFalseAndUnchanged() {
		store().insert(binding("AAAA", "alice"));
		QqAccountBinding before = store().find(identity("AAAA"));
		assertThat(store().insert(binding("AAAA", "bob"))).isFalse();
		assertThat(store().insert(binding("BBBB", "alice"))).isFalse();
		assertThat(store().find(identity("AAAA"))).isEqualTo(before);
		assertUnbound("BBBB");
		assertThat(store().find(APP_ID, "bob")).isNull();
	}

	@Test
	@Tag("T-15")
	protected void findWhenCaseOrTrailingBlanksDifferThenNotFound() {
		store().insert(binding("AAAAa", "alice"));
		assertUnbound("AAAAA");
		assertThat(store().find(APP_ID, "Alice")).isNull();
		assertThat(store().find(APP_ID, "alice ")).isNull();
		assertThat(store().insert(binding("AAAAA", "ALICE"))).isTrue();
		assertBound("AAAAa", "alice");
		assertBound("AAAAA", "ALICE");
	}

	@Test
	@Tag("T-16")
	protected void findWhenUnionidDiffersThenSameBinding() {
		store().insert(binding("AAAA", "alice"));
		assertThat(store().find(new QqIdentity(APP_ID, "AAAA", "UID_1"))).isEqualTo(store().find(identity("AAAA")));
		assertThat(store().find(new QqIdentity(APP_ID, "BBBB", "UID_1"))).isNull();
	}

	@Test
	protected void updateWhenAccountDiffersThenAccountUnchanged() {
		store().insert(binding("AAAA", "alice"));
		store().insert(binding("BBBB", "bob"));
		store().update(binding("AAAA", "bob"));
		assertBound("AAAA", "alice");
		assertBound("BBBB", "bob");
	}

	@Test
	protected void moveWhenBoundToGivenAccountThenMoved() {
		store().insert(binding("AAAA", "alice"));
		assertThat(store().move(binding("AAAA", "bob"), "alice")).isTrue();
		assertBound("AAAA", "bob");
		assertThat(store().find(APP_ID, "alice")).isNull();
		assertThat(store().move(binding("AAAA", "carol"), "alice")).isFalse();
		assertBound("AAAA", "bob");
	}

	@Test
	protected void moveWhenNewAccountIsBoundThenFalseAndUnchanged() {
		store().insert(binding("AAAA", "alice"));
		store().insert(binding("BBBB", "bob"));
		assertThat(store().move(binding("AAAA", "bob"), "alice")).isFalse();
		assertBound("AAAA", "alice");
		assertBound("BBBB", "bob");
	}

	@Test
	@Tag("T-29")
	protected void deleteWhenIdentityAndAccountMatchThenDeletedOnce() {
		store().insert(binding("AAAA", "alice"));
		store().insert(binding("BBBB", "bob"));
		assertThat(store().delete(binding("AAAA", "bob"))).isFalse();
		assertThat(store().delete(binding("BBBB", "alice"))).isFalse();
		assertThat(store().delete(binding("AAAA", "Alice"))).isFalse();
		assertThat(store().delete(binding("AAAA", "alice"))).isTrue();
		assertThat(store().delete(binding("AAAA", "alice"))).isFalse();
		assertUnbound("AAAA");
		assertBound("BBBB", "bob");
	}

}
