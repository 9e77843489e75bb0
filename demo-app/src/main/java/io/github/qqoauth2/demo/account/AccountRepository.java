package io.github.qqoauth2.demo.account;

import java.util.Optional;

import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

/**
 * The accounts.
 */
public interface AccountRepository extends ListCrudRepository<Account, Long> {

	/**
	 * Finds an account by its key.
	 * @param username the key
	 * @return the account
	 */
	Optional<Account> findByUsername(String username);

	/**
	 * Finds an account by its number.
	 * @param mobile the mobile number
	 * @return the account
	 */
	Optional<Account> findByMobile(String mobile);

	/**
	 * Finds an account by its address.
	 * @param email the e-mail address, in small letters
	 * @return the account
	 */
	Optional<Account> findByEmail(String email);

	/**
	 * Whether somebody has this nickname.
	 * @param nickname the nickname
	 * @return whether it is taken
	 */
	boolean existsByNickname(String nickname);

	/**
	 * Whether an account has this number.
	 * @param mobile the mobile number
	 * @return whether it is taken
	 */
	boolean existsByMobile(String mobile);

	/**
	 * Gives an account a password that its owner chose.
	 * @param username the account's key
	 * @param password the password as the encoder made it
	 */
	@Modifying
	@Query("update account set password = :password, password_chosen = true where username = :username")
	void choosePassword(String username, String password);

}
