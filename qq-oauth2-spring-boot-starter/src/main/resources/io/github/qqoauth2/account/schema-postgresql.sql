create table if not exists qq_account_binding (
  app_id         varchar(32)   not null collate "C",
  openid         varchar(64)   not null collate "C",
  account        varchar(255)  not null collate "C",
  unionid        varchar(64),
  nickname       varchar(255),
  avatar_url     varchar(1024),
  gender         varchar(16),
  profile_at     timestamp,
  registered     boolean       not null,
  created_at     timestamp     not null,
  last_login_at  timestamp     not null,
  primary key (app_id, openid),
  constraint qq_account_binding_account unique (app_id, account)
);
