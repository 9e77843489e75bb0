package io.github.qqoauth2.demo.account;

import java.util.Optional;

import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

/**
 * Repository of the accounts.
 */
public interface AccountRepository extends ListCrudRepository<Account, Long> {

	/**
	 * Finds an account by its username.
	 * @param username the username
	 * @return the account
	 */
	Optional<Account> findByUsername(String username);

	/**
	 * Finds an account by its mobile number.
	 * @param mobile the mobile number
	 * @return the account
	 */
	Optional<Account> findByMobile(String mobile);

	/**
	 * Finds an account by its e-mail address.
	 * @param email the e-mail address in lower case
	 * @return the account
	 */
	Optional<Account> findByEmail(String email);

	/**
	 * Returns whether an account has this nickname.
	 * @param nickname the nickname
	 * @return whether it is taken
	 */
	boolean existsByNickname(String nickname);

	/**
	 * Returns whether an account has this mobile number.
	 * @param mobile the mobile number
	 * @return whether it is taken
	 */
	boolean existsByMobile(String mobile);

	/**
	 * Sets a password chosen by the account's owner.
	 * @param username the account's username
	 * @param password the encoded password
	 */
	@Modifying
	@Query("update account set password = :password, password_chosen = true where username = :username")
	void choosePassword(String username, String password);

}
