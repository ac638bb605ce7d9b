import { gzipSync } from 'node:zlib'
import { type Centimes, inEuros } from '#socle/argent.ts'
import { el, texte, v, writeXml, type Xml } from '#socle/xml/ecrire.ts'
import type {
  Adresse,
  BordereauDepense,
  BordereauRecette,
  CompteBancaire,
  EnTete,
  FluxAller,
  LigneMandat,
  LigneTitre,
  Mandat,
  PieceJointe,
  Rattachement,
  ReferencePj,
  Tiers,
  TiersRecette,
  Titre,
} from './flux.ts'
import { isTexteVide } from './types.ts'

export const ESPACE_ALLER = 'http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller'
const IDVER = '2'

const TYPOGRAPHIE: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  œ: 'oe',
  Œ: 'OE',
  '€': 'EUR',
  '\u202f': ' ',
  '\u00a0': ' ',
}
/** A text as Hélios prints it: Latin-1, on one line, cut at its length; nothing when it says nothing. */
export function t(nom: string, valeur: string | undefined, longueur: number): Xml | undefined {
  if (valeur === undefined) return undefined
  const net = valeur
    .replace(/[’‘“”–—…œŒ€\u202f\u00a0]/g, (c) => TYPOGRAPHIE[c]!)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longueur)
    .trimEnd()
  return isTexteVide(net) ? undefined : v(nom, net)
}
export const montant = (nom: string, m: Centimes | undefined): Xml | undefined =>
  m === undefined ? undefined : v(nom, inEuros(m))
export const bit = (nom: string, oui: boolean): Xml | undefined => v(nom, oui ? '1' : '0')

const pjRef = (p: ReferencePj): Xml =>
  el('PJRef', {}, [v('Support', p.support), v('IdUnique', p.idUnique), t('NomPJ', p.nom, 100), v('TypePJ', p.type)])

const rattachement = (r: Rattachement | undefined): Xml | undefined =>
  r &&
  el('RattachPiece', {}, [
    v('NatPceOrig', r.nature),
    v('ExerRat', r.exercice),
    v('IdPceOrig', r.piece),
    v('IdLigneOrig', r.ligne),
  ])

function liens(l: (LigneMandat['liens'] & { caution?: string | undefined }) | undefined): Xml | undefined {
  const enfants = l && [
    t('IdConv', l.convention, 25),
    t('IdMarche', l.marche, 30),
    t('IdCaution', l.caution, 24),
    t('IdEmpruntOrdo', l.emprunt, 24),
    t('IdActif', l.actif, 25),
    t('IdRegie', l.regie, 10),
  ]
  return enfants?.some(Boolean) ? el('LiensIdent', {}, enfants) : undefined
}

export const adresse = (a: Adresse | undefined): Xml | undefined =>
  a &&
  el('Adresse', {}, [
    v('TypAdr', a.type ?? '1'),
    t('Adr1', a.ligne1, 38),
    t('Adr2', a.ligne2, 38),
    t('Adr3', a.ligne3, 38),
    v('CP', a.etranger ? '99999' : a.codePostal),
    t('Ville', a.ville, 38),
    bit('CodRes', a.etranger),
    v('CodPays', a.pays),
  ])

const compteBancaire = (c: CompteBancaire | undefined): Xml | undefined =>
  c &&
  el('CpteBancaire', {}, [
    v('CodeEtab', c.rib?.etablissement),
    v('CodeGuic', c.rib?.guichet),
    v('IdCpte', c.rib?.compte),
    v('CleRib', c.rib?.cle),
    v('BIC', c.bic),
    v('IBAN', c.iban),
    t('LibBanc', c.banque, 24),
    t('TitCpte', c.titulaire, 32),
  ])

/** Fields of a person or body, in the order of a dépense or of a recette. */
const identite = (p: Tiers) => [v('RefTiers', p.reference), v('CatTiers', p.categorie), v('NatJur', p.natureJuridique)]
const nommer = (p: Tiers) => [
  t('Civilite', p.civilite, 10),
  t('Nom', p.nom, 38),
  t('ComplNom', p.complement, 38),
  t('Prenom', p.prenom, 38),
]
const tiersDepense = (p: Tiers | undefined): Xml | undefined =>
  p &&
  el('Tiers', {}, [
    el('InfoTiers', {}, [
      v('IdTiers', p.identifiant),
      v('NatIdTiers', p.natureIdentifiant),
      ...identite(p),
      ...nommer(p),
    ]),
    adresse(p.adresse),
    compteBancaire(p.compte),
  ])
const tiersRecette = (p: TiersRecette): Xml =>
  el('Tiers', {}, [
    el('InfoTiers', {}, [
      v('IdTiers', p.identifiant),
      v('DteNaissance', p.naissance),
      v('NatIdTiers', p.natureIdentifiant),
      ...identite(p),
      v('TypTiers', p.type),
      ...nommer(p),
    ]),
    adresse(p.adresse),
    compteBancaire(p.compte),
  ])

const ligneMandat = (l: LigneMandat): Xml =>
  el('LigneDePiece', {}, [
    el('BlocLignePiece', {}, [
      el('InfoLignePce', {}, [
        v('IdLigne', l.numero),
        v('Nature', l.compte),
        v('Fonction', l.fonction),
        v('Operation', l.operation),
        v('CptAna', l.analytique),
        t('Facture', l.facture, 20),
        t('LibVir1', l.libelleVirement, 70),
        t('LibVir2', l.libelleVirement2, 70),
        v('ModRegl', l.reglement),
        bit('TVAIntraCom', l.tvaIntracommunautaire),
        v('CpteTiers', l.compteTiers),
        montant('MtHT', l.montantHt),
        montant('MtTVA', l.montantTva),
        ...(l.pieces ?? []).map(pjRef),
      ]),
      rattachement(l.rattachement),
      liens(l.liens),
    ]),
    tiersDepense(l.tiers),
  ])

const mandat = (m: Mandat): Xml =>
  el('Piece', {}, [
    el('BlocPiece', {}, [
      el('InfoPce', {}, [
        t('CodServ', m.service, 10),
        t('Affect', m.affectation, 10),
        v('IdPce', m.numero),
        v('TypPce', m.type),
        v('NatPce', m.nature),
        t('Obj', m.objet, 100),
        v('DteEch', m.echeance),
        ...(m.pieces ?? []).map(pjRef),
      ]),
      m.dgp &&
        el('DGP', {}, [
          bit('Dgp', m.dgp.nonEligible),
          v('DteDebDgp', m.dgp.debut),
          v('DteFinDgp', m.dgp.fin),
          v('DureeDgp', m.dgp.jours),
        ]),
    ]),
    ...m.lignes.map(ligneMandat),
  ])

const bordereauDepense = (b: BordereauDepense, dematerialise: boolean): Xml =>
  el('Bordereau', { Id: dematerialise ? `BORD${b.exercice}${b.type}${b.numero}` : undefined }, [
    el('BlocBordereau', {}, [
      v('Exer', b.exercice),
      v('IdBord', b.numero),
      v('DteBordEm', b.date),
      v('TypBord', b.type),
      v('NbrPce', b.nombrePieces ?? b.pieces.length),
      montant('MtCumulAnnuel', b.cumulAnnuel),
      montant('MtBordHT', b.montantHt),
      montant('MtBordTVA', b.montantTva),
    ]),
    ...b.pieces.map(mandat),
  ])

const ligneTitre = (l: LigneTitre): Xml =>
  el('LigneDePiece', {}, [
    el('BlocLignePiece', {}, [
      el('InfoLignePiece', {}, [
        v('IdLigne', l.numero),
        t('ObjLignePce', l.objet, 160),
        v('CodProdLoc', l.produit),
        v('Nature', l.compte),
        v('Fonction', l.fonction),
        v('Operation', l.operation),
        v('TxTva', l.tauxTva),
        bit('Majo', l.majoration),
        v('CpteTiers', l.compteTiers),
        bit('TvaIntraCom', l.tvaIntracommunautaire),
        montant('MtHT', l.montantHt),
        montant('MtTVA', l.montantTva),
        ...(l.pieces ?? []).map(pjRef),
      ]),
      l.prelevement &&
        el('InfoPrelevementSEPA', {}, [
          v('NatPrel', l.prelevement.nature),
          v('PerPrel', l.prelevement.periodicite),
          v('DtePrel', l.prelevement.date),
          montant('MtPrel', l.prelevement.montant),
          v('SequencePres', l.prelevement.sequence),
          v('DateSignMandat', l.prelevement.signature),
          v('RefUniMdt', l.prelevement.rum),
          v('LibPrel', l.prelevement.libelle),
          v('AncienRUM', l.prelevement.ancien?.rum),
          v('AncienICS', l.prelevement.ancien?.ics),
          v('AncienTiersCreancier', l.prelevement.ancien?.creancier),
          l.prelevement.ancien?.banque === undefined ? undefined : bit('AncienneBanque', l.prelevement.ancien.banque),
          v('AncienIBAN', l.prelevement.ancien?.iban),
        ]),
      rattachement(l.rattachement),
      liens(l.liens),
    ]),
    ...l.tiers.map(tiersRecette),
  ])

const titre = (p: Titre): Xml =>
  el('Piece', {}, [
    el('BlocPiece', {}, [
      t('CodServ', p.service, 10),
      t('Affect', p.affectation, 10),
      v('IdPce', p.numero),
      v('TypPce', p.type),
      v('NatPce', p.nature),
      v('IdRol', p.role),
      v('DteAsp', p.dateAsp),
      v('Edition', p.edition),
      t('ObjPce', p.objet, 160),
      v('NumDette', p.dette?.numero),
      v('Per', p.dette?.periode),
      v('Cle1', p.dette?.cle1),
      v('Cle2', p.dette?.cle2),
      ...(p.pieces ?? []).map(pjRef),
      v('NumeroFacture', p.facture?.numero),
      t('NumeroMarche', p.facture?.marche, 50),
      t('NumeroEngagement', p.facture?.engagement, 50),
      t('CodeService', p.facture?.service, 100),
      t('NomService', p.facture?.nomService, 100),
    ]),
    ...p.lignes.map(ligneTitre),
  ])

const bordereauRecette = (b: BordereauRecette, dematerialise: boolean): Xml =>
  el('Bordereau', { Id: dematerialise ? `BORD${b.exercice}${b.type}${b.numero}` : undefined }, [
    el('BlocBordereau', {}, [
      v('Exer', b.exercice),
      v('IdBord', b.numero),
      v('DteBordEm', b.date),
      v('TypBord', b.type),
      v('NbrPce', b.nombrePieces ?? b.pieces.length),
      montant('MtCumulAnnuel', b.cumulAnnuel),
      montant('MtBordHt', b.montantHt),
      montant('MtBordTVA', b.montantTva),
      v('DteAsp', b.dateAsp),
      t('Objet', b.objet, 160),
    ]),
    ...b.pieces.map(titre),
  ])

/** gzip with no date and no name in its header, so that the same piece gives the same bytes. */
const compress = (octets: Uint8Array): string => gzipSync(octets).toString('base64')

const pieceJointe = (p: PieceJointe): Xml =>
  el('PJ', {}, [
    el('Contenu', {}, [el('Fichier', { MIMEType: p.mime }, [texte(compress(p.contenu))])]),
    v('IdUnique', p.idUnique),
    t('NomPJ', p.nom, 100),
    v('TypePJ', p.type),
    t('Description', p.description, 250),
    ...(p.references ?? []).map((r) =>
      el('RefCompta', {}, [
        v('Domaine', r.domaine),
        v('Exercice', r.exercice),
        v('TypeObjet', r.typeObjet),
        v('Identifiant', r.identifiant),
        v('ComplementIdentifiant', r.complement),
      ]),
    ),
  ])

export const enveloppe = (type: string, nom: string, emetteur: FluxAller['emetteur']): Xml =>
  el('Enveloppe', {}, [
    el('Parametres', {}, [v('Version', IDVER), v('TypFic', type), t('NomFic', nom, 100)]),
    el('Emetteur', {}, [t('Sigle', emetteur.editeur, 32), t('Adresse', emetteur.application, 38)]),
  ])

export const entete = (e: EnTete): Xml =>
  el('EnTetePES', {}, [
    v('DteStr', e.date),
    v('IdPost', e.codique),
    v('IdColl', e.siret),
    v('FinJur', e.finess),
    v('CodCol', e.codeCollectivite),
    v('CodBud', e.codeBudget),
    t('LibelleColBud', e.libelleBudget, 38),
  ])

/** The bytes of a flux: the same flux gives the same file. It is not signed. */
export function writePesAller(flux: FluxAller): Uint8Array {
  const { depense, recette } = flux
  const dematerialise = depense?.dematerialise || recette?.dematerialise
  return writeXml(
    el(
      'n:PES_Aller',
      { 'xmlns:n': ESPACE_ALLER, Id: dematerialise ? `PES${flux.nom.replace(/\W/g, '')}` : undefined },
      [
        enveloppe(flux.type, flux.nom, flux.emetteur),
        entete(flux.entete),
        depense &&
          el('PES_DepenseAller', {}, [
            el('EnTeteDepense', {}, [v('IdVer', IDVER), bit('InfoDematerialisee', depense.dematerialise)]),
            ...depense.bordereaux.map((b) => bordereauDepense(b, depense.dematerialise)),
          ]),
        recette &&
          el('PES_RecetteAller', {}, [
            el('EnTeteRecette', {}, [v('IdVer', IDVER), bit('InfoDematerialisee', recette.dematerialise)]),
            ...recette.bordereaux.map((b) => bordereauRecette(b, recette.dematerialise)),
          ]),
        flux.piecesJointes.length > 0 &&
          el('PES_PJ', {}, [el('EnTetePES_PJ', {}, [v('IdVer', '1')]), ...flux.piecesJointes.map(pieceJointe)]),
      ],
    ),
    'ISO-8859-1',
  )
}
