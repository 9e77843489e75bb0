package io.github.qqoauth2.bind;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindingStore;
import io.github.qqoauth2.client.QqIdentity;

/**
 * Keeps bindings in a list, with the two unique keys of the table.
 */
final class InMemoryBindingStore implements QqAccountBindingStore {

	private final List<QqAccountBinding> rows = new ArrayList<>();

	private @Nullable RuntimeException failure;

	private @Nullable RuntimeException writeFailure;

	List<QqAccountBinding> rows() {
		return List.copyOf(this.rows);
	}

	/**
	 * Makes every further call fail.
	 */
	void failWith(RuntimeException failure) {
		this.failure = failure;
	}

	/**
	 * Makes every further write fail.
	 */
	void failWritesWith(RuntimeException failure) {
		this.writeFailure = failure;
	}

	private List<QqAccountBinding> written() {
		if (this.writeFailure != null) {
			throw this.writeFailure;
		}
		return table();
	}

	private List<QqAccountBinding> table() {
		if (this.failure != null) {
			throw this.failure;
		}
		return this.rows;
	}

	private @Nullable QqAccountBinding first(Predicate<QqAccountBinding> condition) {
		return table().stream().filter(condition).findFirst().orElse(null);
	}

	@Override
	public @Nullable QqAccountBinding find(QqIdentity identity) {
		return first((row) -> row.appId().equals(identity.appId()) && row.openid().equals(identity.openid()));
	}

	@Override
	public @Nullable QqAccountBinding find(String appId, String account) {
		return first((row) -> row.appId().equals(appId) && row.account().equals(account));
	}

	@Override
	public boolean insert(QqAccountBinding binding) {
		boolean free = find(new QqIdentity(binding.appId(), binding.openid(), null)) == null
				&& find(binding.appId(), binding.account()) == null;
		return free && written().add(binding);
	}

	@Override
	public void update(QqAccountBinding binding) {
		written().replaceAll((row) -> row.openid().equals(binding.openid()) ? binding : row);
	}

	@Override
	public boolean move(QqAccountBinding binding, String from) {
		QqAccountBinding row = find(new QqIdentity(binding.appId(), binding.openid(), null));
		if (row == null || !row.account().equals(from) || find(binding.appId(), binding.account()) != null) {
			return false;
		}
		update(binding);
		return true;
	}

	@Override
	public boolean delete(QqAccountBinding binding) {
		return written()
			.removeIf((row) -> row.openid().equals(binding.openid()) && row.account().equals(binding.account()));
	}

}
