package io.github.qqoauth2.jpa;

import java.util.Optional;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * The members of the site.
 */
interface Members extends JpaRepository<Member, Long> {

	Optional<Member> findByUsername(String username);

}
