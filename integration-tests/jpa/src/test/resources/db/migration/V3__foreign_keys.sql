alter table qq_account_binding add constraint qq_account_binding_user
  foreign key (account) references member (username) on update cascade on delete cascade;
alter table qq_authorized_client add constraint qq_authorized_client_user
  foreign key (account) references member (username) on update cascade on delete cascade;
