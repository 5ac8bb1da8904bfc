from api.process.own import Own


async def test_each_thing_is_made_once_and_ends_come_newest_first() -> None:
    own, said = Own(), list[str]()

    async def first() -> None:
        said.append("first")

    async def second() -> None:
        said.append("second")

    assert own.of(list) is own.of(list)
    own.at_end(first)
    own.at_end(second)
    await own.end()
    await own.end()
    assert said == ["second", "first"]
