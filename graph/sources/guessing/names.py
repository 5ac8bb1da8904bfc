"""What the columns of other tools are called, in the languages of their exports."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

ROLES: Final[dict[str, str]] = {
    "creator_id": "creatorid creatoropenid openid authormetaid authorid authoruid authoruserid iddelcreador iddocriador userid",
    "creator_name": "creatorusername creatorname creatorhandle username handle uniqueid authormetaname authoruniqueid authorusername "
    "author nombredelcreador nombredeusuariodelcreador nomedocriador criador creador creator channelinfo channelname channel "
    "influencer influenceur "
    "createur account ownerusername name",
    "nickname": "nickname displayname authormetanickname authornickname fullname",
    "region": "region country market selectionregion pais locationcreated",
    "followers": "followers followercount followerscount fans authormetafans subscribers sub seguidores abonnes authorstatsfollowercount",
    "total_likes": "totallikes likestotal heart authormetaheart heartcount",
    "video_count": "posts videos videocount totalvideos authormetavideo",
    "verified": "verified authormetaverified authorverified isverified",
    "content_id": "videoid contentid iddelvideo idvideo itemid awemeid postid livestreamid liveid id livestream",
    "title": "videotitle videoinfo informaciondelvideo caption text desc description videodescription title livestream",
    "published": "createtime createtimeiso posttime published publishedat publishdate posteddate postdate hora starttime timestamp date",
    "duration": "duration videometaduration videoduration durationseconds duracion",
    "views": "views vv vues playcount plays viewcount viewscount videoviews visualizaciones visualizacoes statsplaycount",
    "likes": "likes diggcount likecount likescount megusta curtidas statsdiggcount",
    "comments": "comments commentcount commentscount comentarios commentaires statscommentcount",
    "shares": "shares sharecount sharescount compartidos partages statssharecount",
    "url": "webvideourl videourl url link",
    "order_id": "orderid ordernumber orderno idpedido iddelpedido iddopedido numerodepedido numerodelpedido numerodopedido idcommande "
    "numerodecommande bestellnummer",
    "line_id": "skuid orderlineid lineitemid suborderid",
    "ordered": "timecreated createdtime ordertime orderdate ordercreatedtime ordercreatedat createtime createdat created orderedat "
    "placedat purchasedate purchasetime paymenttime paidtime paidat at date fechadelpedido fechadepedido datadopedido datadepedido "
    "datedecommande bestelldatum",
    "status": "orderstatus ordersettlementstatus status estadodelpedido estado statusdopedido statut",
    "quantity": "quantity qty units cantidad quantidade quantite menge",
    "amount": "estcommissionbase paymentamount gmv ordergmv salesamount amount total importe price precio preco valor montant prix "
    "betrag preis",
    "currency": "currency currencycode moneda moeda devise wahrung",
    "rate": "standardcommissionrate commissionrate tasadecomision",
    "product_id": "productid iddelproducto iddoproduto idproduit produktid itemproductid spuid goodsid productinfo",
    "product_name": "productname producttitle nombredelproducto nomedoproduto producto produto produit produkt title goodsname "
    "productinfo2",
    "price": "unitprice price saleprice precio preco prix preis",
    "units_sold": "salesvolumn salesvolume unitssold itemssold unitsales sold",
    "image": "masterimageurl imageurl image cover coverurl",
    "brand_id": "sellerid shopid brandid",
    "brand_name": "sellername shopname brandname",
    "gmv": "affiliategmv gmv grossrevenue revenue attributedgmv gmvdevideos creatorgmv",
    "engagement": "engagementrate engrate er 60dengrate",
}
"""For each role of a column, the names that it has elsewhere, as `plain` writes them, the likeliest first."""


def plain(name: str) -> str:
    """Return a column's name in lower case, without accents, spaces, signs and what stands in brackets."""
    bare = re.sub(r"[(（].*?[)）]", "", name)
    letters = unicodedata.normalize("NFKD", bare).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


def roles_of(columns: Iterable[str]) -> dict[str, str]:
    """Return the column that has each role, where there is one."""
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(plain(column), column)
    found = ((role, next((by_name[name] for name in names.split() if name in by_name), None)) for role, names in ROLES.items())
    return {role: column for role, column in found if column is not None}
