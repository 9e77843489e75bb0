create table if not exists qq_account_binding (
  app_id         varchar(32)   character set ascii collate ascii_bin     not null,
  openid         varchar(64)   character set ascii collate ascii_bin     not null,
  account        varchar(255)  character set utf8mb4 collate utf8mb4_bin not null,
  unionid        varchar(64)   character set ascii collate ascii_bin,
  nickname       varchar(255)  character set utf8mb4,
  avatar_url     varchar(1024) character set utf8mb4,
  gender         varchar(16)   character set utf8mb4,
  profile_at     datetime(6),
  registered     boolean       not null,
  created_at     datetime(6)   not null,
  last_login_at  datetime(6)   not null,
  primary key (app_id, openid),
  constraint qq_account_binding_account unique (app_id, account)
);
