create table if not exists account (
  id          bigint generated always as identity primary key,
  username    varchar(100) not null unique,
  password    varchar(100) not null,
  locked      boolean      not null,
  created_at  timestamp with time zone not null,
  password_chosen  boolean not null,
  nickname    varchar(100),
  mobile      varchar(20),
  email       varchar(200),
  constraint account_nickname_key unique (nickname),
  constraint account_mobile_key unique (mobile),
  constraint account_email_key unique (email)
);

create table if not exists sms_code (
  purpose     varchar(20)  not null,
  mobile      varchar(20)  not null,
  code_hash   varchar(100) not null,
  sent_at     bigint       not null,
  tries       int          not null,
  primary key (purpose, mobile)
);

create table if not exists password_reset (
  token_hash  varchar(64)  primary key,
  account     varchar(100) not null,
  created_at  bigint       not null
);

create table if not exists account_activity (
  id             bigint generated always as identity primary key,
  account        varchar(100) not null,
  kind           varchar(20)  not null,
  other_account  varchar(100),
  reason         varchar(100),
  happened_at    timestamp with time zone not null
);

create table if not exists book (
  id          bigint primary key,
  title_zh    varchar(100) not null,
  title_en    varchar(100) not null,
  author_zh   varchar(100) not null,
  author_en   varchar(100) not null,
  summary_zh  varchar(600) not null,
  summary_en  varchar(600) not null,
  tone        varchar(20)  not null
);

create table if not exists reading_list_entry (
  id          bigint generated always as identity primary key,
  account     varchar(100) not null references account (username),
  book_id     bigint       not null references book (id),
  added_at    timestamp with time zone not null,
  unique (account, book_id)
);

create table if not exists note (
  id          bigint generated always as identity primary key,
  account     varchar(100)  not null references account (username),
  book_id     bigint        not null references book (id),
  text        varchar(1000) not null,
  created_at  timestamp with time zone not null
);

create table if not exists persistent_logins (
  username    varchar(100) not null,
  series      varchar(64)  primary key,
  token       varchar(64)  not null,
  last_used   timestamp    not null
);

-- the script of the starter
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

-- a binding follows its account: a name that is given to another person brings no QQ identity along
delete from qq_account_binding where account not in (select username from account);
alter table qq_account_binding drop constraint if exists qq_account_binding_user;
alter table qq_account_binding add constraint qq_account_binding_user
  foreign key (account) references account (username) on update cascade on delete cascade;
