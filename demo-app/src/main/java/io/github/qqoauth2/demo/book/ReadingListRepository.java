package io.github.qqoauth2.demo.book;

import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

interface ReadingListRepository extends ListCrudRepository<ReadingListEntry, Long> {

	boolean existsByAccountAndBookId(String account, long bookId);

	@Modifying
	@Query("delete from reading_list_entry where account = :account and book_id = :bookId")
	void remove(String account, long bookId);

}
