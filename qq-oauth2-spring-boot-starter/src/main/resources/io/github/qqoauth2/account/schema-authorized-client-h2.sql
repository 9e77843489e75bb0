create table if not exists qq_authorized_client (
  app_id      varchar(32)   not null,
  account     varchar(255)  not null,
  tokens      varchar(8000) not null,
  updated_at  timestamp     not null,
  primary key (app_id, account)
);
