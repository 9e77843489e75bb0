package io.github.qqoauth2.demo.account;

import java.util.List;

import org.springframework.data.repository.ListCrudRepository;

interface AccountActivityRepository extends ListCrudRepository<AccountActivity, Long> {

	List<AccountActivity> findTop5ByAccountOrderByIdDesc(String account);

}
