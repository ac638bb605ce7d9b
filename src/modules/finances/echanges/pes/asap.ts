import { add, euros, fraction, inEuros, times, ZERO } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import { el, v, writeXml, type Xml } from '#socle/xml/ecrire.ts'
import type { ReglagesAsap } from '../contract.ts'
import { adresse, bit, ESPACE_ALLER, entete, enveloppe, montant, t } from './ecrire.ts'
import type { Adresse, BordereauRecette, EnTete, FluxAller, PieceJointe, Tiers, Titre } from './flux.ts'

export type Asap = {
  entete: EnTete
  emetteur: FluxAller['emetteur']
  reglages: ReglagesAsap
  bordereau: Pick<BordereauRecette, 'exercice' | 'numero' | 'date'>
  titre: Titre
}

type Lieu = ReglagesAsap['encaissement']
const adresseOf = (l: Lieu): Adresse => ({
  ligne2: l.adresse,
  codePostal: l.codePostal,
  ville: l.ville,
  etranger: false,
})

/** A party of the avis; a body by its category (23: commune…), the comptable as a service of the State (20, 07). */
function infoTiers(p: Partial<Tiers> & { nom: string }, type: string): Xml {
  return el('InfoTiers', {}, [
    v('IdTiers', p.identifiant?.slice(0, 18)),
    v('NatIdTiers', p.natureIdentifiant),
    t('RefTiers', p.reference, 30),
    v('CatTiers', p.categorie ?? '20'),
    v('NatJur', p.natureJuridique ?? '07'),
    v('TypTiers', type),
    t('Civilite', p.civilite, 10),
    t('Nom', p.nom, 38),
    t('ComplNom', p.complement, 38),
    t('Prenom', p.prenom, 38),
  ])
}

function ligne(l: Titre['lignes'][number], date: Jour): Xml {
  const taux = l.tauxTva ?? (l.montantTva ? rateOf(l.montantHt, l.montantTva) : '0.00')
  return el('LigneFacture', {}, [
    v('Date', date),
    v('CodeProduit', l.produit),
    v('CodeNature', l.compte),
    t('Libelle', l.objet ?? l.produit, 200),
    montant('MtBase', l.montantHt),
    montant('MtHT', l.montantHt),
    v('TauxTVA', taux),
    montant('MtTVA', l.montantTva ?? ZERO),
    montant('MtTTC', add(l.montantHt, l.montantTva ?? ZERO)),
    v('Ordre', l.numero),
  ])
}
/** The usual rate whose tax is the one of the line; the tax alone was typed. */
function rateOf(ht: Titre['lignes'][number]['montantHt'], tva: typeof ht): string {
  return ['20.00', '10.00', '5.50', '2.10', '8.50'].find((r) => times(ht, [fraction(`${r} %`)]) === tva) ?? '0.00'
}

/** A PES Facture of type ASAP: what the DGFiP prints and sends to the debtor of one titre. */
export function writeAsap({ entete: e, emetteur, reglages: r, bordereau, titre }: Asap): Uint8Array {
  const debiteur = titre.lignes[0]!.tiers[0]!
  const ht = titre.lignes.reduce((s, l) => add(s, l.montantHt), ZERO)
  const tva = titre.lignes.reduce((s, l) => add(s, l.montantTva ?? ZERO), ZERO)
  const nom = `ASAP_${bordereau.exercice}_${titre.numero}`
  return writeXml(
    el('n:PES_Aller', { 'xmlns:n': ESPACE_ALLER }, [
      enveloppe('PESALR1', nom, emetteur),
      entete(e),
      el('PES_Facture', {}, [
        v('IdVer', '2'),
        v('Annee', bordereau.exercice),
        v('TypeFact', '09'),
        v('Date', bordereau.date),
        el('Emetteur', {}, [
          infoTiers(
            {
              identifiant: e.siret,
              natureIdentifiant: '01',
              categorie: r.emetteur.categorie,
              natureJuridique: '09',
              nom: r.emetteur.nom,
            },
            '20',
          ),
          adresse(adresseOf(r.emetteur)),
          el('InfoSuppl', {}, [
            t('NumTel', r.emetteur.telephone, 20),
            t('HorairesOuv', r.emetteur.horaires, 38),
            v('CodeTipi', r.tipi?.code),
            t('AdresseMelEmetteur', r.emetteur.courriel, 50),
            t('AdrTipi', r.tipi?.adresse, 200),
            v('RefBdf', r.refBdf),
          ]),
          el('Signataire', {}, [
            el('Personne', {}, [t('Nom', r.signataire.nom, 38), t('Prenom', r.signataire.prenom, 38)]),
            t('Role', r.signataire.role, 50),
          ]),
        ]),
        el('Tiers', {}, [infoTiers({ nom: r.encaissement.nom }, '25'), adresse(adresseOf(r.encaissement))]),
        el('Tiers', {}, [
          infoTiers({ nom: r.tresorerie.nom }, '26'),
          el('InfoSupplTiers', {}, [
            t('NumTel2', r.tresorerie.telephone, 20),
            t('HorairesOuv2', r.tresorerie.horaires, 38),
            t('AdresseMelCFP', r.tresorerie.courriel, 50),
          ]),
          adresse(adresseOf(r.tresorerie)),
        ]),
        el('FactureIndiv', {}, [
          v('DateEmission', bordereau.date),
          v('NumeroFacture', `${bordereau.exercice}-${bordereau.numero}-${titre.numero}`),
          el('Debiteur', {}, [infoTiers(debiteur, '01'), adresse(debiteur.adresse)]),
          t('Objet', titre.objet ?? titre.lignes[0]!.objet ?? titre.lignes[0]!.produit, 160),
          ...titre.lignes.map((l) => ligne(l, bordereau.date)),
          el('TotalAPayer', {}, [
            montant('MtTotalHT', ht),
            montant('MtTotalTVA', tva),
            v('MtTotalTTC', inEuros(add(ht, tva))),
          ]),
          el('RefTitre', {}, [
            v('Exercice', bordereau.exercice),
            v('NumBordereau', bordereau.numero),
            v('NumTitre', titre.numero),
            v('NumLigne', '1'),
          ]),
          t('ModalitesReglement', r.prelevement, 250),
          t('ModalitesContestation', r.contestation, 420),
          // Above 150 000 € a TIP is refused; a talon asks for its optical lines, which the comptable alone defines.
          bit('ModeRecouvrement', add(ht, tva) > PLAFOND_TIP),
          v('ConditionsGen', "Conditions de l'avis des sommes a payer"),
        ]),
        el('Nomenclatures', {}, []),
      ]),
    ]),
    'ISO-8859-1',
  )
}
const PLAFOND_TIP = euros('150000')

export const idUniqueAsap = (siret: string, codeBudget: string, exercice: number, titre: number): string =>
  `ASAP${siret}${codeBudget}${exercice}${String(titre).padStart(8, '0')}`

/** The titres to be printed by the DGFiP, each with the avis that it must carry. */
export function attachAsap(
  bordereau: BordereauRecette,
  e: EnTete,
  emetteur: FluxAller['emetteur'],
  reglages: ReglagesAsap,
): { bordereau: BordereauRecette; piecesJointes: PieceJointe[] } {
  const piecesJointes: PieceJointe[] = []
  const pieces = bordereau.pieces.map((titre): Titre => {
    if (titre.edition !== '01' || titre.lignes[0]?.tiers.length === 0) return titre
    const idUnique = idUniqueAsap(e.siret, e.codeBudget, bordereau.exercice, titre.numero)
    const nom = `ASAP_${bordereau.exercice}_${titre.numero}.xml`
    piecesJointes.push({
      idUnique,
      nom,
      type: '006',
      mime: 'application/xml',
      description: `Avis des sommes à payer du titre ${titre.numero}`,
      contenu: writeAsap({ entete: e, emetteur, reglages, bordereau, titre }),
    })
    return { ...titre, pieces: [...(titre.pieces ?? []), { support: '01', idUnique, nom, type: '006' }] }
  })
  return { bordereau: { ...bordereau, pieces }, piecesJointes }
}
