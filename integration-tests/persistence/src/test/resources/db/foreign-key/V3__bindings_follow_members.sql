alter table qq_account_binding add constraint qq_account_binding_user
  foreign key (account) references jpa_member (name) on update cascade on delete cascade;
