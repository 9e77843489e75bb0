package io.github.qqoauth2.demo.book;

import java.util.List;

import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

interface NoteRepository extends ListCrudRepository<Note, Long> {

	List<Note> findByAccountAndBookIdOrderByIdDesc(String account, long bookId);

	List<Note> findByAccountOrderByIdDesc(String account);

	@Modifying
	@Query("delete from note where id = :id and book_id = :bookId and account = :account")
	int remove(long id, long bookId, String account);

}
