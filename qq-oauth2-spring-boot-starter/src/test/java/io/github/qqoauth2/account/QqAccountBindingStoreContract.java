package io.github.qqoauth2.account;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.client.QqIdentity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link QqAccountBindingStore} must do. Extend it over a store of your own,
 * whose table is empty before each test; accounts need not exist for it. Where the store
 * keeps less than the whole binding, it is compared by what a login needs.
 */
public abstract class QqAccountBindingStoreContract {

	/** The app id of all bindings here. */
	protected static final String APP_ID = "101000001";

	private static final Instant NOW = Instant.parse("2026-11-21T08:09:10.123456Z");

	/**
	 * The store to be tested.
	 * @return the store, over an empty table
	 */
	protected abstract QqAccountBindingStore store();

	/**
	 * A binding with a profile.
	 * @param openid the openid
	 * @param account the account's key
	 * @return the binding
	 */
	protected static QqAccountBinding binding(String openid, String account) {
		return new QqAccountBinding(APP_ID, openid, account, null, "小明 🐼", "https://thirdqq.qlogo.cn/g?a=1&b=2", null,
				NOW.minus(1, ChronoUnit.DAYS), false, NOW, NOW.plusSeconds(1));
	}

	private static QqIdentity qq(String openid) {
		return new QqIdentity(APP_ID, openid, null);
	}

	private void bound(String openid, String account) {
		QqAccountBinding byQq = store().find(qq(openid));
		QqAccountBinding byAccount = store().find(APP_ID, account);
		assertThat(byQq).isNotNull();
		assertThat(byAccount).isEqualTo(byQq);
		assertThat(byQq).extracting(QqAccountBinding::appId, QqAccountBinding::openid, QqAccountBinding::account)
			.containsExactly(APP_ID, openid, account);
	}

	private void unbound(String openid) {
		assertThat(store().find(qq(openid))).isNull();
	}

	@Test
	protected void findWhenInsertedThenFoundByQqAndByAccount() {
		assertThat(store().insert(binding("AAAA", "爱丽丝"))).isTrue();
		bound("AAAA", "爱丽丝");
		unbound("BBBB");
		assertThat(store().find(APP_ID, "bob")).isNull();
	}

	@Test
	@Tag("T-28")
	protected void insertWhenQqOrAccountIsBoundThenFalseAndNothingChanged() {
		store().insert(binding("AAAA", "alice"));
		QqAccountBinding before = store().find(qq("AAAA"));
		assertThat(store().insert(binding("AAAA", "bob"))).isFalse();
		assertThat(store().insert(binding("BBBB", "alice"))).isFalse();
		assertThat(store().find(qq("AAAA"))).isEqualTo(before);
		unbound("BBBB");
		assertThat(store().find(APP_ID, "bob")).isNull();
	}

	@Test
	@Tag("T-15")
	protected void findWhenCaseOrBlanksDifferThenAnother() {
		store().insert(binding("AAAAa", "alice"));
		unbound("AAAAA");
		assertThat(store().find(APP_ID, "Alice")).isNull();
		assertThat(store().find(APP_ID, "alice ")).isNull();
		assertThat(store().insert(binding("AAAAA", "ALICE"))).isTrue();
		bound("AAAAa", "alice");
		bound("AAAAA", "ALICE");
	}

	@Test
	@Tag("T-16")
	protected void findWhenUnionidComesAndGoesThenSameBinding() {
		store().insert(binding("AAAA", "alice"));
		assertThat(store().find(new QqIdentity(APP_ID, "AAAA", "UID_1"))).isEqualTo(store().find(qq("AAAA")));
		assertThat(store().find(new QqIdentity(APP_ID, "BBBB", "UID_1"))).isNull();
	}

	@Test
	protected void updateWhenCalledThenStaysWithItsAccount() {
		store().insert(binding("AAAA", "alice"));
		store().insert(binding("BBBB", "bob"));
		store().update(binding("AAAA", "bob"));
		bound("AAAA", "alice");
		bound("BBBB", "bob");
	}

	@Test
	protected void moveWhenItIsAsSaidThenOtherAccountHasIt() {
		store().insert(binding("AAAA", "alice"));
		assertThat(store().move(binding("AAAA", "bob"), "alice")).isTrue();
		bound("AAAA", "bob");
		assertThat(store().find(APP_ID, "alice")).isNull();
		assertThat(store().move(binding("AAAA", "carol"), "alice")).isFalse();
		bound("AAAA", "bob");
	}

	@Test
	protected void moveWhenOtherAccountHasAnotherQqThenFalseAndNothingChanged() {
		store().insert(binding("AAAA", "alice"));
		store().insert(binding("BBBB", "bob"));
		assertThat(store().move(binding("AAAA", "bob"), "alice")).isFalse();
		bound("AAAA", "alice");
		bound("BBBB", "bob");
	}

	@Test
	@Tag("T-29")
	protected void deleteWhenItIsAsSaidThenGoneOnce() {
		store().insert(binding("AAAA", "alice"));
		store().insert(binding("BBBB", "bob"));
		assertThat(store().delete(binding("AAAA", "bob"))).isFalse();
		assertThat(store().delete(binding("BBBB", "alice"))).isFalse();
		assertThat(store().delete(binding("AAAA", "Alice"))).isFalse();
		assertThat(store().delete(binding("AAAA", "alice"))).isTrue();
		assertThat(store().delete(binding("AAAA", "alice"))).isFalse();
		unbound("AAAA");
		bound("BBBB", "bob");
	}

}
