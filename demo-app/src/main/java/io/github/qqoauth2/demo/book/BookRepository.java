package io.github.qqoauth2.demo.book;

import java.util.List;

import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

interface BookRepository extends ListCrudRepository<Book, Long> {

	List<Book> findAllByOrderById();

	@Query("""
			select book.* from book join reading_list_entry on reading_list_entry.book_id = book.id
			where reading_list_entry.account = :account order by reading_list_entry.id desc
			""")
	List<Book> findReadingList(String account);

}
