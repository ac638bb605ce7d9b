import { inEuros } from '#socle/argent.ts'
import { el, v, writeXml, type Xml } from '#socle/xml/ecrire.ts'
import { type DocumentBudgetaire, type LigneBudgetaire, MONTANTS, type Montant } from './document.ts'
import { ESPACE_BUDGETAIRE } from './lire.ts'

const EDITEUR = 'Bosquet'
const cut = (texte: string | undefined, longueur = 100) => texte?.slice(0, longueur)

function ligne(l: LigneBudgetaire): Xml {
  const montant = (nom: Montant) => {
    const m = l.montants[nom]
    return m === undefined ? undefined : inEuros(m)
  }
  return el('LigneBudget', {}, [
    v('Nature', l.nature),
    v('LibCpte', cut(l.libelle)),
    v('Fonction', l.fonction),
    v('Operation', l.operation),
    v('ContNat', l.controle),
    v('ArtSpe', l.articleSpecialise),
    v('ContFon', l.controleFonction),
    v('ContOp', l.controleOperation),
    v('CodRD', l.sens),
    ...Object.entries(MONTANTS).map(([balise, nom]) => v(balise, montant(nom))),
    v('OpBudg', l.ordre ? '1' : '0'),
    v('TypOpBudg', l.typeOrdre && (l.typeOrdre === 'interne' ? '1' : '2')),
    v('OpeCpteTiers', l.compteTiers),
    ...(l.montantsSupplementaires ?? []).map((m) => el('MtSup', { V: inEuros(m.montant), Code: m.code })),
    ...(l.caracteristiques ?? []).map((c) => el('CaracSup', { V: c.valeur, Code: c.code })),
    l.section && el('CaracSup', { V: l.section, Code: 'Section' }),
  ])
}

/** The official XML of a budget document. It is not sealed: TotEM seals it when the document is voted. */
export function writeDocumentBudgetaire(document: DocumentBudgetaire): Uint8Array {
  const { poste, collectivite, budget, decision } = document
  return writeXml(
    el('DocumentBudgetaire', { xmlns: ESPACE_BUDGETAIRE }, [
      v('VersionSchema', document.versionSchema),
      el('BlocEditeur', {}, [v('CodeEditeur', EDITEUR)]),
      el('EnTeteDocBudgetaire', {}, [
        v('DteStr', document.date),
        el('LibellePoste', { V: poste.libelle.slice(0, 100) }),
        v('IdPost', poste.codique),
        v('LibelleColl', cut(collectivite.libelle)),
        v('IdColl', collectivite.siret),
        v('FinJur', collectivite.finess),
        el('NatCEPL', { V: collectivite.nature.slice(0, 100) }),
        v('Departement', collectivite.departement),
      ]),
      el('Budget', {}, [
        el('EnTeteBudget', {}, [
          v('LibelleEtab', cut(budget.libelle)),
          v('IdEtab', budget.siret),
          v('CodColl', budget.codeCollectivite),
          v('CodInseeColl', budget.codeInsee),
          v('CodBud', budget.codeBudget),
          v('Nomenclature', `${budget.norme}-${budget.plan}`),
        ]),
        el('BlocBudget', {}, [
          v('NatDec', decision.etape),
          v('NumDec', decision.numero),
          v('Exer', decision.exercice),
          v('ProjetBudget', decision.projet),
          v('DteDec', decision.date),
          v('DteDecEx', decision.executoire),
          v('NatVote', decision.niveauVote),
          v('OpeEquip', decision.operationsEquipement),
          v('TypProv', decision.provisions),
          v('BudgPrec', decision.budgetPrecedent),
          v('ReprRes', decision.repriseResultats),
          v('NatFonc', decision.natureFonction),
          v('CodTypBud', budget.type),
          v('IdEtabPal', budget.principal?.siret),
          v('LibelleEtabPal', cut(budget.principal?.libelle)),
        ]),
        el(
          'InformationsGenerales',
          {},
          document.informations.map((i) => el('Information', { V: i.valeur, Code: i.code })),
        ),
        ...document.lignes.map(ligne),
      ]),
    ]),
  )
}
