create table if not exists qq_authorized_client (
  app_id      varchar(32)   character set ascii collate ascii_bin     not null,
  account     varchar(255)  character set utf8mb4 collate utf8mb4_bin not null,
  tokens      varchar(8000) character set ascii collate ascii_bin     not null,
  updated_at  datetime(6)   not null,
  primary key (app_id, account)
);
