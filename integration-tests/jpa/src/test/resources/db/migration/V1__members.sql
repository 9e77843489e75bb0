create sequence member_seq increment by 50;

create table member (
  id        bigint       not null primary key,
  username  varchar(64)  not null unique,
  password  varchar(100) not null,
  enabled   boolean      not null
);

create table member_role (
  member_id  bigint      not null references member (id) on delete cascade,
  role       varchar(32) not null,
  primary key (member_id, role)
);

create table persistent_logins (
  series     varchar(64) not null primary key,
  username   varchar(64) not null,
  token      varchar(64) not null,
  last_used  timestamp   not null
);
