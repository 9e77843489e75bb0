-- portable: used for every supported database
insert into book (id, title_zh, title_en, author_zh, author_en, summary_zh, summary_en, tone)
select 1, '红楼梦', 'Dream of the Red Chamber', '曹雪芹', 'Cao Xueqin',
 '一座大观园，几百个有名有姓的人。热闹是真的热闹，散场也是真的散场。适合慢慢读，一次一回。',
 'One garden and several hundred people, every one with a name. The feasts are real, and so is the parting. Read it slowly, one chapter at a time.',
 'plum'
from (select 1 as one) as nothing where not exists (select 1 from book where id = 1);
insert into book (id, title_zh, title_en, author_zh, author_en, summary_zh, summary_en, tone)
select 2, '西游记', 'Journey to the West', '吴承恩', 'Wu Cheng''en',
 '取经路上妖怪很多，吵架也很多。师徒四人走了十四年，读的人往往舍不得他们走完。',
 'Many monsters and as many quarrels. Four travellers need fourteen years for the road, and most readers would not mind if it took them longer.',
 'amber'
from (select 1 as one) as nothing where not exists (select 1 from book where id = 2);
insert into book (id, title_zh, title_en, author_zh, author_en, summary_zh, summary_en, tone)
select 3, '聊斋志异', 'Strange Tales from a Chinese Studio', '蒲松龄', 'Pu Songling',
 '近五百个短篇，写狐、写鬼，也写考场里的书生。睡前读一篇刚好，读两篇就睡不着了。',
 'Almost five hundred short tales of foxes, ghosts and luckless scholars. One before bed is just right; two will keep you awake.',
 'slate'
from (select 1 as one) as nothing where not exists (select 1 from book where id = 3);
insert into book (id, title_zh, title_en, author_zh, author_en, summary_zh, summary_en, tone)
select 4, '浮生六记', 'Six Records of a Floating Life', '沈复', 'Shen Fu',
 '一个普通人写他的妻子、他们的小院和拮据的日子。薄薄一本，越平淡的地方越动人。',
 'An ordinary man writes about his wife, their courtyard and never having enough money. A thin book that moves you where it is plainest.',
 'moss'
from (select 1 as one) as nothing where not exists (select 1 from book where id = 4);
insert into book (id, title_zh, title_en, author_zh, author_en, summary_zh, summary_en, tone)
select 5, '傲慢与偏见', 'Pride and Prejudice', '简·奥斯汀', 'Jane Austen',
 '五个女儿，一位急着嫁女儿的母亲，还有两个都不肯先低头的人。书里的对话放到今天依然好笑。',
 'Five daughters, a mother in a hurry, and two people who will not be the first to give way. The conversations are still funny.',
 'rose'
from (select 1 as one) as nothing where not exists (select 1 from book where id = 5);
insert into book (id, title_zh, title_en, author_zh, author_en, summary_zh, summary_en, tone)
select 6, '简·爱', 'Jane Eyre', '夏洛蒂·勃朗特', 'Charlotte Brontë',
 '一个没有钱也没有靠山的姑娘，始终不肯放弃自己的判断。阁楼上的秘密只是故事的一半。',
 'A young woman with neither money nor friends keeps to her own judgement. The secret in the attic is only half of the story.',
 'ink'
from (select 1 as one) as nothing where not exists (select 1 from book where id = 6);
insert into book (id, title_zh, title_en, author_zh, author_en, summary_zh, summary_en, tone)
select 7, '白鲸', 'Moby-Dick', '赫尔曼·梅尔维尔', 'Herman Melville',
 '一位船长要追一头鲸，一船人只好跟着。中间那些讲鲸鱼的章节可以跳过，但最好别跳。',
 'A captain wants one whale and a whole crew has to come along. You may skip the chapters on whaling; it is better not to.',
 'sea'
from (select 1 as one) as nothing where not exists (select 1 from book where id = 7);
insert into book (id, title_zh, title_en, author_zh, author_en, summary_zh, summary_en, tone)
select 8, '瓦尔登湖', 'Walden', '亨利·戴维·梭罗', 'Henry David Thoreau',
 '在湖边自己盖一间小屋，住两年多，算清楚生活究竟需要多少东西。适合搬家前后读。',
 'Build a small house by a pond, stay for two years, and work out how much a life really needs. A good book before moving house.',
 'pine'
from (select 1 as one) as nothing where not exists (select 1 from book where id = 8);
